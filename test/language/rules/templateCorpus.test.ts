// Real alert rules: what the checks of templates say of them, beside what pint says of the same files.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDocument } from "../../../server/src/language/document.ts";
import type { Finding } from "../../../server/src/language/finding.ts";
import { languageService } from "../../../server/src/language/languageService.ts";
import { positionAt } from "../../../server/src/lines.ts";
import { contextOf } from "./table.ts";

const shared = join(import.meta.dirname, "../../../../shared");
const folder = join(shared, "corpus/alert-rules");
const there = existsSync(folder);
if (!there) console.log("../shared/corpus is not here: real alert rules are not checked");

type Found = { readonly file: string; readonly line: number; readonly finding: Finding };

function ours(): Found[] {
  const context = contextOf({});
  return readdirSync(folder).flatMap((file) => {
    const document = openDocument(`file:///${file}`, "prometheus-rules", 1, readFileSync(join(folder, file), "utf8"));
    return languageService
      .diagnostics(document, context)
      .filter(({ code }) => code.startsWith("template/"))
      .map((finding) => ({ file, line: positionAt(document.lineStarts, finding.range.start).line + 1, finding }));
  });
}

type Pint = { readonly file: string; readonly first: number; readonly last: number; readonly says: string };

/** Lines such as `alert-rules/x.yml:10-12	Bug	alerts/template	template uses non-existent label`. */
function pints(): Pint[] {
  const text = readFileSync(join(shared, "conformance/pint-on-corpus.txt"), "utf8");
  return [...text.matchAll(/^alert-rules\/(\S+?):(\d+)(?:-(\d+))?\t\S+\talerts\/template\t(.*)$/gm)].map(
    ([, file = "", first, last, says = ""]) => ({ file, first: Number(first), last: Number(last ?? first), says }),
  );
}

const same: Readonly<Record<string, string>> = {
  "template uses non-existent label": "template/missing-label",
  "use humanize filters for the results": "template/raw-number",
};

/** What pint finds and is wrong about: what is compared with == 0 is printed as 0, and what with == 1 as 1. */
const refuted = new Set([
  "grafana-mimir-embedded-exporter.yml:64",
  "keycloak-aerogear-keycloak-metrics-spi.yml:21",
  "wireguard-mindflavor-prometheus-wireguard-exporter.yml:34",
]);

describe.skipIf(!there)("real alert rules", () => {
  const found = there ? ours() : [];

  test("every finding of pint on templates is found", () => {
    const rows = pints();
    expect(rows.length).toBeGreaterThan(100);
    const missed = rows.filter(
      ({ file, first, last, says }) =>
        !refuted.has(`${file}:${first}`) &&
        !found.some(
          (one) => one.file === file && one.finding.code === same[says] && first <= one.line && one.line <= last,
        ),
    );
    expect(missed).toEqual([]);
  });

  test("none is an error: Prometheus loads all of them", () => {
    expect(found.filter(({ finding }) => finding.severity === "error")).toEqual([]);
  });

  /** Reviewed one by one: each warning is a label that an aggregation, a match or absent() has dropped. */
  test("every warning is a label that is gone, and pint says so too", () => {
    const rows = pints().filter(({ says }) => same[says] === "template/missing-label");
    const alone = found.filter(
      ({ file, line, finding }) =>
        finding.severity === "warning" &&
        !rows.some((row) => row.file === file && row.first <= line && line <= row.last),
    );
    expect(alone.map(({ file, line, finding }) => `${file}:${line} ${finding.code}`)).toEqual([]);
  });
});
