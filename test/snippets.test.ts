// The snippets that the extension brings: as they are when nobody fills them in, they are clean by our own checks.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDocument } from "../server/src/language/document.ts";
import { diagnostics } from "../server/src/language/features/diagnostics.ts";
import { contextOf } from "./language/rules/table.ts";

type Snippet = { readonly body: readonly string[] };

const root = join(import.meta.dirname, "..");
const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  contributes: { snippets: { language: string; path: string }[] };
};

/** A text that stands where the snippet would be typed. */
const around: Readonly<Record<string, (body: string) => string>> = {
  "dkron-config": (body) =>
    ["server: true", "bootstrap-expect: 1"]
      .filter((line) => !body.includes(line))
      .concat(body)
      .join("\n"),
  "prometheus-config": (body) => `scrape_configs:\n${indented(body, 2)}`,
  "prometheus-rules": (body) =>
    body.startsWith("groups:")
      ? `${body}- record: a:b\n        expr: sum(up)`
      : `groups:\n  - name: g\n    rules:\n${indented(body, 6)}`,
};

const indented = (text: string, by: number): string => text.replace(/^/gm, " ".repeat(by));

/** `${1:text}` is its text, `${1|a,b|}` is `a`. */
const untouched = ({ body }: Snippet): string =>
  body
    .join("\n")
    .replace(
      /\$\{\d+\|([^,|]*)[^|]*\|\}|\$\{\d+:((?:\\.|[^}\\])*)\}|\$\d+/g,
      (_, choice = "", text = "") => choice + text,
    )
    .replace(/\\([\\$}])/g, "$1");

const rows = contributes.snippets.flatMap(({ language, path }) =>
  Object.entries(JSON.parse(readFileSync(join(root, path), "utf8")) as Record<string, Snippet>).map(
    ([title, snippet]) => [title, language, snippet] as const,
  ),
);

test.each(rows)("%s", (_, language, snippet) => {
  const text = `${around[language]?.(untouched(snippet))}\n`;
  const document = openDocument("file:///w/x.yml", language, 1, text);
  expect(document.kind, text).toBe(language);
  const found = diagnostics(document, contextOf({}));
  expect(
    found.map(({ code, message }) => `${code}: ${message}`),
    text,
  ).toEqual([]);
});
