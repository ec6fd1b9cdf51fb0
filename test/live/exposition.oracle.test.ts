// Holds the exposition reader against what Prometheus 3.14 answered for hundreds of bodies: entries, error lines, what is stored.
import { describe, expect, test } from "vitest";
import type { Entry, Format, LabelPair, SeriesEntry } from "../../server/src/live/exposition/entries.ts";
import { readExposition } from "../../server/src/live/exposition/exposition.ts";
import { formatGoFloat } from "../../server/src/live/exposition/numbers.ts";
import { judgeScrape, type StoredSeries } from "../../server/src/live/exposition/verdict.ts";
import { readJsonLines, sharedPath } from "./shared.ts";

type Row = {
  body?: string;
  bodyBase64?: string;
  format: Format;
  kind: string;
  ok: boolean;
  errorLine?: number;
  entries: unknown[];
  stored?: { up: number; scraped: number; entries: number[]; exported?: number[]; other?: unknown[]; error?: string };
};

const target = { job: "j", instance: "host:port" };
/** Any time far from the explicit timestamps in the bodies. */
const now = Date.UTC(2026, 10, 22);

/** A text that stands for bytes which are not UTF-8 is written as the oracle writes it. */
function asOracleText(text: string): unknown {
  if (!/\p{Surrogate}/u.test(text)) return text;
  const bytes = [...text].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code >= 0xdc00 && code <= 0xdcff ? [code - 0xdc00] : [...Buffer.from(character)];
  });
  return { base64: Buffer.from(bytes).toString("base64") };
}

const asOraclePairs = (labels: readonly LabelPair[]): unknown[] => labels.map((pair) => pair.map(asOracleText));

function asOracleTime(time: number | bigint | null): unknown {
  return typeof time === "bigint" ? String(time) : time;
}

function asOracleEntry(entry: Entry): unknown {
  if (entry.entry === "comment") return { entry: "comment", text: asOracleText(entry.text) };
  if (entry.entry !== "series") return { ...entry, name: asOracleText(entry.name), text: asOracleText(entry.text) };
  const { exemplar } = entry;
  return {
    entry: "series",
    labels: asOraclePairs(entry.labels),
    value: formatGoFloat(entry.value),
    timestamp: asOracleTime(entry.timestamp),
    exemplar: exemplar && {
      labels: asOraclePairs(exemplar.labels),
      value: formatGoFloat(exemplar.value),
      timestamp: asOracleTime(exemplar.timestamp),
    },
  };
}

/** Stored under other labels than the body's own or their exported form. */
function isOther({ index, labels }: StoredSeries, entries: readonly Entry[]): boolean {
  const own = (entries[index] as SeriesEntry).labels.filter(([, value]) => value !== "");
  const renamed = new Map(
    own.map(([name, value]) => [name === "job" || name === "instance" ? `exported_${name}` : name, value]),
  );
  const rest = labels.filter(([name]) => name !== "job" && name !== "instance");
  return rest.length !== own.length || rest.some(([name, value]) => renamed.get(name) !== value);
}

function asOracleStored(row: Row): unknown {
  const bytes = bytesOf(row);
  const reading = readExposition(bytes, row.format);
  const verdict = judgeScrape(reading, target, now);
  const others = verdict.stored.filter((series) => isOther(series, reading.entries));
  const plain = verdict.stored.filter((series) => !others.includes(series));
  const exported = plain.filter((series) => series.exported).map((series) => series.index);
  return {
    up: verdict.up,
    scraped: verdict.scraped,
    entries: plain.map((series) => series.index),
    ...(exported.length > 0 ? { exported } : {}),
    ...(others.length > 0
      ? {
          other: others.map(({ index, labels }) => [
            asOraclePairs(labels.filter(([name]) => name !== "job" && name !== "instance")),
            formatGoFloat((reading.entries[index] as SeriesEntry).value),
          ]),
        }
      : {}),
    error: verdict.error !== undefined,
  };
}

const bytesOf = (row: Row): Buffer =>
  row.body === undefined ? Buffer.from(row.bodyBase64 ?? "", "base64") : Buffer.from(row.body);

const path = sharedPath("conformance", "exposition-oracle", "cases.jsonl");

describe.runIf(path !== undefined)("exposition, as Prometheus 3.14 reads it", () => {
  const rows = path === undefined ? [] : readJsonLines<Row>(path);
  const kinds = new Map<string, Row[]>();
  for (const row of rows) {
    const title = `${row.format} ${row.kind}`;
    kinds.set(title, [...(kinds.get(title) ?? []), row]);
  }

  test.each([...kinds])("%s: verdict, error line, entries", (_title, cases) => {
    for (const row of cases) {
      const reading = readExposition(bytesOf(row), row.format);
      const body = row.body ?? row.bodyBase64;
      expect({
        body,
        ok: reading.errors.length === 0,
        errorLine: reading.errors[0]?.line,
        entries: reading.entries.map(asOracleEntry),
      }).toEqual({ body, ok: row.ok, errorLine: row.errorLine, entries: row.entries });
    }
  });

  test.each([...kinds])("%s: what is stored", (_title, cases) => {
    for (const row of cases) {
      if (!row.stored) continue;
      const body = row.body ?? row.bodyBase64;
      const { error, ...stored } = row.stored;
      expect({ body, stored: asOracleStored(row) }).toEqual({
        body,
        stored: { ...stored, error: error !== undefined },
      });
    }
  });
});
