// Signs that another tool writes a text before the agent reads it: Helm, Jinja, envsubst and the like. Knows no key.
import { addressFunctions } from "./address.ts";

/** Functions of address templates, in letters of any case: `{{ getprivateip }}` is a slip, and nobody's variable. */
const misspelt = new RegExp(
  `^-?\\s*(?:${[...addressFunctions.keys()].filter((name) => name.startsWith("Get")).join("|")})\\b`,
  "i",
);

/** `$NAME`, `${NAME}`, `%NAME%`, `@NAME@`, `<name>`, and braces of a tool that are no address template. */
const placeholder =
  /\$\{[^}\s]+\}|\$[A-Z_][A-Z0-9_]*|%[A-Z_]{2,}%|@[A-Z_]{2,}@|^<[^<>]+>$|\{\{-?\s*(?:\.Values|\.Release|\.Chart|\$|[a-z_][\w.]*[a-z0-9_]\s*(?:\||-?\}\}))|\{%/;

/** Whether a value is, or holds, what another tool fills in. */
export function holdsPlaceholder(value: string): boolean {
  return placeholder.test(value.replace(/\{\{([^{}]*)\}\}/g, (action, body) => (misspelt.test(body) ? "" : action)));
}

const signs: readonly RegExp[] = [
  /\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|include\s|tpl\s|define\s|template\s|toYaml\b)/,
  /^\s*\{\{-?\s*(?:if|else|end|range|with|block)\b/m,
  /^[^#\n]*\{%-?\s*(?:if|else|elif|endif|for|endfor|set|include|raw)\b/m,
  /^\s*[\w-]+\s*:\s*\{\{\s*[a-z_][a-z0-9_.]*\s*(?:\|[^}]*)?\}\}/m,
];

/**
 * Whether a file is to be rendered first, so that what stands in it is not what the agent will read. Dkron's own
 * templates, of addresses (`{{ GetPrivateIP }}`) and of payloads (`{{.JobName}}`), do not count.
 */
export function isRendered(text: string): boolean {
  if (!text.includes("{{") && !text.includes("{%")) return false;
  const others = text.replace(/\{\{([^{}]*)\}\}/g, (action, body) => (misspelt.test(body) ? "" : action));
  return signs.some((sign) => sign.test(others));
}
