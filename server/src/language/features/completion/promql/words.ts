// Proposals for functions, aggregations, keywords and operators, with what is known of each. Knows no metric and no text.
import { promqlWords, type WordPlace } from "../../../../catalog/promqlWords.ts";
import { functionStatus, functions } from "../../../../promql/types/functions.ts";
import { documentedType } from "../../../../promql/types/inferType.ts";
import type { Proposal } from "../proposal.ts";

/** By version and whether a parenthesis follows: they are the same at every keystroke. */
const calls = new Map<string, readonly Proposal[]>();

/** Functions and aggregations. `called`: a parenthesis stands behind the word already. */
export function callProposals(prometheusVersion: string, called: boolean): readonly Proposal[] {
  const key = `${prometheusVersion} ${called}`;
  let proposals = calls.get(key);
  if (!proposals) {
    proposals = [...functionProposals(prometheusVersion, called), ...aggregationProposals(called)];
    calls.set(key, proposals);
  }
  return proposals;
}

function functionProposals(version: string, called: boolean): Proposal[] {
  const proposals: Proposal[] = [];
  for (const [name, { args, returns, variadic }] of functions) {
    const status = functionStatus(name, version);
    if (status.state !== "known") continue;
    const words = promqlWords().functions.get(name);
    const needed = args.slice(0, args.length - (variadic === 1 ? 1 : 0));
    const stops = needed.map((type, index) => stop(words?.args[index] ?? type, type, index + 1));
    proposals.push({
      label: name,
      kind: "function",
      insert: called ? name : args.length === 0 ? `${name}()` : `${name}(${stops.join(", ") || "$1"})$0`,
      snippet: !called && args.length > 0,
      detail: `${status.experimental ? "experimental, " : ""}gives ${documentedType(returns)}`,
      documentation: words?.says ?? "",
      sort: `2${name}`,
    });
  }
  return proposals;
}

/** The first argument is left empty, so that an editor goes on proposing there; a range gets a length to begin with. */
function stop(name: string, type: string, index: number): string {
  if (type === "matrix") return `$${index}[\${${index + 10}:5m}]`;
  if (type === "string") return `"\${${index}:${bareName(name)}}"`;
  return type === "vector" ? `$${index}` : `\${${index}:${bareName(name)}}`;
}

const bareName = (name: string): string => name.replace(/[?.]+$/, "");

const usuallyGrouped = new Set(["avg", "count", "max", "min", "sum", "topk"]);

function aggregationProposals(called: boolean): Proposal[] {
  return [...promqlWords().aggregations].flatMap(([name, { param, says }]) => {
    const common = { kind: "function" as const, detail: "aggregation", documentation: says };
    const first = param === undefined ? "" : `${stop(param, param === "label" ? "string" : "scalar", 3)}, `;
    const whole = called ? name : `${name}(${first}$1)$0`;
    const plain: Proposal = { ...common, label: name, insert: whole, snippet: !called, sort: `2${name}` };
    if (called || !usuallyGrouped.has(name)) return [plain];
    const insert = `${name} by ($2) (${first}$1)$0`;
    return [plain, { ...common, label: `${name} by (…)`, insert, snippet: true, filter: name, sort: `2${name} by` }];
  });
}

/** Words and signs that may stand at one of these places. */
export function wordProposals(places: readonly WordPlace[]): Proposal[] {
  const proposals: Proposal[] = [];
  for (const [word, { says, after }] of promqlWords().others) {
    if (!places.includes(after)) continue;
    const isWord = /^\w/.test(word);
    const list = listed.has(word);
    proposals.push({
      label: word,
      kind: isWord ? "keyword" : "operator",
      insert: list ? `${word} ($1) $0` : `${word} `,
      snippet: list,
      detail: says,
      sort: `${after === "operand" ? "3" : "1"}${String(proposals.length).padStart(2, "0")}`,
    });
  }
  return proposals;
}

/** Words that a list of labels follows. */
const listed = new Set(["by", "without", "on", "ignoring"]);
