// How functions and aggregations of PromQL are called, in words: for hover and signature help. Knows no text.
import { promqlWords } from "../catalog/promqlWords.ts";
import { functionStatus, functions } from "../promql/types/functions.ts";
import { documentedType } from "../promql/types/inferType.ts";

/** `label` holds each of `parameters` as a piece of it, in order; `says` is Markdown. */
export type PromqlSignature = {
  readonly label: string;
  readonly parameters: readonly string[];
  readonly says: string;
  /** Whether the last parameter may be given again and again. */
  readonly repeats: boolean;
};

/** The call of a function or aggregation of that name (aggregations in any case); undefined for other words. */
export function promqlSignature(name: string, prometheusVersion: string): PromqlSignature | undefined {
  return functionSignature(name, prometheusVersion) ?? aggregationSignature(name.toLowerCase());
}

function functionSignature(name: string, version: string): PromqlSignature | undefined {
  const found = functions.get(name);
  const words = promqlWords().functions.get(name);
  if (!found || !words) return undefined;
  const parameters = words.args.map(
    (argument, index) => `${argument} ${documentedType(found.args[Math.min(index, found.args.length - 1)])}`,
  );
  const label = `${name}(${parameters.join(", ")}) ${documentedType(found.returns)}`;
  const repeats = (words.args.at(-1) ?? "").endsWith("...");
  return { label, parameters, says: [words.says, standing(name, version)].filter(Boolean).join("\n\n"), repeats };
}

/** What stands between the function and this Prometheus. */
function standing(name: string, version: string): string {
  const status = functionStatus(name, version);
  if (status.state === "later") return `Prometheus ${version} has it not yet: it came with ${status.since}.`;
  if (status.state === "removed") return `Gone since Prometheus ${status.until}.`;
  return status.state === "known" && status.experimental
    ? "Experimental: Prometheus needs `--enable-feature=promql-experimental-functions`."
    : "";
}

function aggregationSignature(name: string): PromqlSignature | undefined {
  const words = promqlWords().aggregations.get(name);
  if (!words) return undefined;
  const first = words.param === undefined ? [] : [`${words.param} ${words.param === "label" ? "string" : "scalar"}`];
  const parameters = [...first, "v instant vector"];
  return {
    label: `${name} by|without (labels) (${parameters.join(", ")}) instant vector`,
    parameters,
    says: words.says,
    repeats: false,
  };
}
