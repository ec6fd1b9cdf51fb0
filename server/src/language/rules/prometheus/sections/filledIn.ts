// Values with variables in them, which another program may fill in before Prometheus reads the file: what is said of them instead. Judges nothing.
import type { Told, Topic } from "./told.ts";

/** `${NAME}`, `${NAME:-else}` and `$NAME` of a shell, and `%{NAME}` of vmagent. `${1}` is a group of a regular expression. */
const variable = /\$\{[A-Za-z_][^{}\s]*\}|\$[A-Z_][A-Z0-9_]*|%\{[A-Za-z_]\w*\}/;

/** A group of a regular expression can be called `${pod}`, and is not called `${POD_NAME}`. */
const surelyVariable = /\$\{[A-Z_][A-Z0-9_]*\}|\$[A-Z_][A-Z0-9_]+/;

const braces = /\{\{[^{}\n]*\}\}/;

/** Topics that are about what a value says. */
const aboutValues = new Set<Topic>(["value", "type", "target", "relabel", "relabel-group", "discovery", "fails-later"]);

/**
 * What is said of a value that holds a variable becomes a word on variables, and nothing where it holds `{{ … }}`: nobody
 * expects Prometheus to fill in those. A slash in a target is wrong whatever is filled in beside it.
 */
export function withVariables(told: readonly Told[], text: string): readonly Told[] {
  return told.flatMap((one) => {
    const written = text.slice(one.range.start, one.range.end);
    if (!aboutValues.has(one.topic) || !isScalar(written)) return one;
    if (one.topic === "target" && written.replace(variable, "").replace(braces, "").includes("/")) return one;
    if (braces.test(written)) return [];
    const found = (one.topic === "relabel-group" ? surelyVariable : variable).exec(written)?.[0];
    return found === undefined ? one : aboutVariable(one, found);
  });
}

/** One line that is neither a list nor a mapping. */
const isScalar = (written: string): boolean => !/\n|^(?:[[{-](?!\{)|[\w.-]+:(?: |$))/.test(written);

function aboutVariable({ topic, range }: Told, name: string): Told {
  const otherwise =
    topic === "relabel-group"
      ? "it reads a group that the regular expression does not have, and puts nothing there"
      : "it cannot take the value";
  const message = `Prometheus replaces no variables here. Unless another program replaces \`${name}\` before, as envsubst does, ${otherwise}.`;
  return { topic, range, message, severity: "information" };
}
