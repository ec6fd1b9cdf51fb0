// dkron/rewritten: values that the agent reads as something else than what is written.
import type { Report } from "../../check.ts";
import type { Setting } from "../../dkronFile.ts";
import type { Fix } from "../../finding.ts";
import { dkronCheck, quoted, readable, replaceValue, valueRange } from "./shared.ts";

export const dkronRewritten = dkronCheck({
  id: "dkron/rewritten",
  level: "warning",
  title: "A value that the agent reads as another one",
  *look({ file }): Iterable<Report> {
    for (const { key } of file.settings.values()) {
      const setting = readable(file, key.name);
      const found = setting && ofSetting(setting);
      if (setting && found) yield { range: valueRange(setting), message: found.message, fixes: found.fixes };
    }
  },
});

type Found = { readonly message: string; readonly fixes: Fix[] };

function ofSetting(setting: Setting): Found | undefined {
  switch (setting.key.target) {
    case "uint16":
    case "int":
      return ofNumber(setting);
    case "string":
      return ofText(setting);
    case "strings":
      return ofList(setting);
    default:
      return undefined;
  }
}

/** Fractions are cut, true is 1, and a port that does not fit wraps around. */
function ofNumber(setting: Setting): Found | undefined {
  const { key, value, result, node } = setting;
  const source = node.kind === "scalar" ? node.value : "";
  if (
    key.name === "mail-port" &&
    (value.kind === "int" || value.kind === "float") &&
    Math.trunc(Number(value.value)) !== result.value
  )
    return {
      message: `There is no port ${source}: it wraps around to ${result.value}. Write one up to 65535.`,
      fixes: [],
    };
  if (value.kind === "int" && /^[-+]?0\d/.test(source))
    return {
      message: `A number with a leading zero is octal: the agent reads ${result.value}. Write \`${Number(source)}\`.`,
      fixes: replaceValue(setting, String(Number(source)), `Write ${Number(source)}`, false),
    };
  if (typeof result.value === "number" && !Number.isSafeInteger(result.value)) return undefined;
  if ((value.kind !== "float" || Number(value.value) === result.value) && value.kind !== "bool") return undefined;
  return {
    message: `\`${key.name}\` is a whole number: of \`${source}\` the agent makes ${result.value}. Write \`${result.value}\`.`,
    fixes: replaceValue(setting, String(result.value), `Write ${result.value}`, value.kind === "float"),
  };
}

function ofText(setting: Setting): Found | undefined {
  const { key, value, result, node } = setting;
  const text = result.value;
  if (node.kind !== "scalar" || value.kind === "string" || typeof text !== "string" || text === node.value)
    return undefined;
  if (key.name === "serf-reconnect-timeout" || key.name === "encrypt") return undefined;
  return {
    message: `YAML reads \`${node.value}\` as a ${value.kind === "bool" ? "boolean" : "number"}, so \`${key.name}\` becomes \`${text}\`. Quote it.`,
    fixes: replaceValue(setting, quoted(node.value), "Quote it", true),
  };
}

/** A text in place of a list is cut at its commas, blanks and all; cloud discovery has commas of its own. */
function ofList(setting: Setting): Found | undefined {
  const { key, value, result } = setting;
  if (value.kind !== "string" || !Array.isArray(result.value)) return undefined;
  const parts: readonly string[] = result.value;
  const whole = value.value.includes("provider=");
  const spaced = parts.some((part) => part !== part.trim() || part === "");
  if (parts.length < 2 || (!whole && !spaced)) return undefined;
  const items = whole ? [value.value] : parts.map((part) => part.trim()).filter(Boolean);
  const read = parts.map((part) => JSON.stringify(part)).join(", ");
  return {
    message: `A text is cut at its commas, blanks included: \`${key.name}\` becomes ${read}. Write a list.`,
    fixes: replaceValue(setting, `[${items.map(quoted).join(", ")}]`, "Write a list", true),
  };
}
