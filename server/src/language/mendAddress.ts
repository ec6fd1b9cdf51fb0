// What was meant by an address template that cannot be read. Knows no key.
import { distance } from "fastest-levenshtein";
import { addressFunctions } from "../catalog/config/address.ts";
import { templateFault } from "./addressTemplate.ts";

/** The text with the one word that is at fault mended, if that makes a template of it; undefined otherwise. */
export function mendTemplate(text: string): string | undefined {
  const fault = templateFault(text);
  if (fault === undefined) return undefined;
  const word = /function "(\w+)" not defined/.exec(fault)?.[1];
  const candidates = [text.trim(), ...(word ? replacements(text, word) : closed(text))];
  return candidates.find((candidate) => candidate !== text && templateFault(candidate) === undefined);
}

/** The function that is one or two steps away, or the word as a text: `GetInterfaceIP eth0`. */
function replacements(text: string, word: string): string[] {
  const near = [...addressFunctions.keys()]
    .map((name) => ({ name, steps: distance(name.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  const whole = new RegExp(`\\b${word}\\b`);
  return [...(near && near.steps <= 2 ? [text.replace(whole, near.name)] : []), text.replace(whole, `"${word}"`)];
}

/** A brace that is missing at the end of a template, and signs of other languages behind a function. */
function closed(text: string): string[] {
  return [
    text.replace(/(\{\{[^{}]*)\}(?!\})/, "$1}}"),
    text.replace(/(\{\{\s*\w+)\s*$/, "$1 }}"),
    text.replace(/(\{\{\s*\w+)\s*(?:\(\s*\)|[;,])/, "$1"),
  ];
}
