// Whether a text is still to be filled in by Helm, Ansible, or a program with Go templates of its own before Prometheus
// reads it. What Prometheus would say of it as it stands is beside the point. Reads lines, and knows no YAML tree.

/** What Helm or Jinja fill in and no template of Prometheus' can hold, and braces that they are to leave alone. */
const signs: readonly RegExp[] = [
  /\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|include\s|tpl\s|toYaml\b|["'`]\{\{)/,
  /\{%[-+]?\s*(?:if|for|set|block|macro|filter|include|import|from|extends)\b|^\s*\{%[-+]?\s*raw\b/m,
  // A field of a Go template as a whole YAML value. What Alertmanager's templates have is written here by mistake.
  /:[ \t]+\{\{-?\s*\.(?!Labels|Value|External|Common|Group|Alerts|Annotations|Status|Receiver)[A-Z]/,
];

/** Between these Jinja leaves a text as it is: Prometheus' own. */
const raw = /\{%[-+]?\s*raw\s*[-+]?%\}/;
const endRaw = /\{%[-+]?\s*endraw\s*[-+]?%\}/;

/** Fields that Prometheus takes as they are; the name of a group stands behind its dash. */
const plainField =
  /^( *(?:- +)*)(?:interval|query_offset|limit|alert|record|expr|for|keep_firing_for|(?<=- +)name):[ \t]*(.*)$/;

/** A variable of Jinja, filtered or not, or a call; a field or a variable of a Go template; a tag. Not Prometheus' own. */
const foreign =
  /\{\{-?\s*(?:(?!(?:end|else|externalURL|pathPrefix|now)\b)[A-Za-z_][\w.]*\s*(?:\[[^\][{}\n]*\]\s*)*(?:\||\(|-?\}\})|\.(?!Labels\b|Value\b|External)\w|\$(?!labels\b|value\b|external)\w)|\{%/;

export function isRendered(text: string): boolean {
  if (!text.includes("{{") && !text.includes("{%")) return false;
  if (signs.some((sign) => sign.test(text))) return true;
  if (!foreign.test(text)) return false;
  return (text.includes("{%") && withoutRaw(text).includes("{{")) || fillsField(text);
}

function withoutRaw(text: string): string {
  const [before = "", ...raws] = text.split(raw);
  const behind = raws.map((part) => part.split(endRaw).slice(1).join(""));
  return [before, ...behind].join("");
}

/** Whether a variable stands in a field that is no template: in annotations and labels it may be a slip of the pen. */
function fillsField(text: string): boolean {
  /** Where the field begins that the lines below may go on with. */
  let column = -1;
  for (const line of text.split("\n")) {
    const field = plainField.exec(line);
    if (field) column = field[1]?.length ?? 0;
    else if (column >= 0 && line.trim() !== "" && line.search(/\S/) <= column) column = -1;
    if (column >= 0 && foreign.test(field ? (field[2] ?? "") : line)) return true;
  }
  return false;
}

/**
 * Lines that are no YAML of a prometheus.yml until Jinja, consul-template, Terraform or ERB has filled them in: Prometheus
 * has no templates of its own there. Braces within quotes leave a text, and so a file that can be read.
 */
const renderedConfig: readonly RegExp[] = [
  // Braces without quotes: `interval: {{ x }}`, `- {{ node }}:9100`, `[{{ a }}]`, `{{ range … }}`.
  /^(?:[^#"'\n]*[\s[,])?\{\{/m,
  // Quotes within the quotes: `"{{ env "HOST" }}:8500"`.
  /^[^#\n]*"[^"\n]*\{\{[^"\n}\\]*(?:"[^"\n]+"[^"\n{}]*)+\}\}/m,
  /^[^#\n]*'[^'\n]*\{\{[^'\n}]*(?:'[^'\n]+'[^'\n{}]*)+\}\}/m,
  /^[ \t]*(?:\{%|%\{~?\s*(?:for|if|else|endif|endfor)\b|<%)/m,
];

export function isRenderedConfig(text: string): boolean {
  return /\{\{|\{%|%\{|<%/.test(text) && renderedConfig.some((sign) => sign.test(text));
}
