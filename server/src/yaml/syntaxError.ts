// What js-yaml's reasons mean to a reader: a code and a sentence for each. Knows no text and no tree.
import type { YamlErrorCode } from "./tree.ts";

type Row = { readonly reason: RegExp; readonly code: YamlErrorCode; readonly message: string };

const rows: readonly Row[] = [
  {
    reason: /^tab characters/,
    code: "tab",
    message: "A tab cannot indent YAML, so this line has no place in the structure; use spaces.",
  },
  {
    reason: /^deficient indentation/,
    code: "indentation",
    message: "This line continues a value from above but is not indented deeper than its key; indent it further.",
  },
  {
    reason: /^bad indentation of a sequence entry/,
    code: "indentation",
    message: "This line does not line up with the list around it; give it the column of the other dashes.",
  },
  {
    reason: /^bad indentation of a mapping entry/,
    code: "indentation",
    message:
      "This does not fit the mapping around it: line the key up with its siblings, or quote a value that holds `: `.",
  },
  {
    reason: /^unexpected end of the (stream|document) within a (single|double) quoted/,
    code: "quote",
    message: "A quote that opens here is never closed, so all that follows would belong to it; close it.",
  },
  {
    reason: /^unexpected end of the stream within a flow/,
    code: "flow",
    message: "The bracket that opens here is never closed; close it with `]` or `}`.",
  },
  {
    reason: /^missed comma/,
    code: "flow",
    message: "Between `[` and `]` or `{` and `}` a comma must part the entries; put one here, or quote the value.",
  },
  {
    reason: /^expected the node content, but found ','/,
    code: "flow",
    message: "An entry is missing before this comma; write one or remove the comma.",
  },
  {
    reason: /^(expected ':' after|can not read a block mapping entry)/,
    code: "colon",
    message:
      "A key must be followed by `:` on its line; write `key: value`, or indent a line that continues the value above.",
  },
  {
    reason: /^a whitespace character is expected after the key-value/,
    code: "colon",
    message: "The `:` behind a quoted key needs a blank after it; write `key: value`.",
  },
  {
    reason: /^(unknown escape|expected hexadecimal)/,
    code: "escape",
    message: "Double quotes know no such escape; write `\\\\` for a backslash, or use single quotes.",
  },
  {
    reason: /^(expected valid JSON character|the stream contains non-printable|null byte)/,
    code: "character",
    message: "YAML does not allow this control character; remove it, or write it as an escape in double quotes.",
  },
  {
    reason: /^nesting exceeded/,
    code: "depth",
    message: "This is nested too deep to be read; no configuration needs so many levels.",
  },
  {
    reason: /^(repeat of a chomping|repeat of an indentation|bad explicit indentation|a line break is expected)/,
    code: "header",
    message: "Behind `|` or `>` only `-`, `+` or one digit from 1 to 9 may stand; put the text on the next line.",
  },
  {
    reason: /^(duplication of (an anchor|a tag)|name of an anchor|alias node|.*\btag\b.*|there is a previously)/,
    code: "property",
    message: "This anchor or tag cannot be read; a node takes one `&name` and one `!tag`, each followed by a blank.",
  },
  {
    reason: /^name of an alias/,
    code: "alias",
    message: "`*` begins an alias and needs a name right behind it; put the value in quotes if a text is meant.",
  },
  {
    reason: /^(.*directive.*|.*YAML version.*)/,
    code: "directive",
    message: "A line that begins with `%` is a directive, and this one cannot be read; quote it if a text is meant.",
  },
];

const start: Omit<Row, "reason"> = {
  code: "start",
  message: "A plain value cannot begin with this character; put the value in quotes.",
};

const unknown: Omit<Row, "reason"> = {
  code: "syntax",
  message: "This cannot be read as YAML at this place; check the indentation and the quotes around it.",
};

export type Described = { readonly code: YamlErrorCode; readonly message: string };

/** Code and message for js-yaml's `reason`, with the character that it stumbled over where that is known. */
export function describeReason(reason: string, character = ""): Described {
  if (/[@`%]/.test(character) && /^(bad indentation|end of the stream|missed comma|expected ':')/.test(reason))
    return start;
  const { code, message } = rows.find((row) => row.reason.test(reason)) ?? unknown;
  return { code, message };
}
