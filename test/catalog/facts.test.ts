// The catalogue against the tables of the facts: every row, with call, labels, unit, names on three sinks and first version.
import { describe, expect, test } from "vitest";
import { allRows, rowOf } from "../../server/src/catalog/metrics.ts";
import {
  dogstatsdName,
  prometheusName,
  prometheusType,
  statsdName,
  statsdType,
} from "../../server/src/catalog/names.ts";
import type { MetricRow } from "../../server/src/catalog/types.ts";
import { sharedIsHere, sharedText } from "./shared.ts";

const here = sharedIsHere("tables of the facts");
const text = here ? sharedText("facts/dkron.md") : "";
const section = text.slice(text.indexOf("## 1.2"), text.indexOf("## 1.4"));

/** A row of a table in section 1.2: key, call, labels, unit, who, when, Prometheus name, type, StatsD, DogStatsD, since, source. */
type Fact = { readonly key: string; readonly cells: readonly string[] };

const facts: Fact[] = section.split("\n").flatMap((line) => {
  const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
  const key = /^`([^`]+)`$/.exec(cells[1] ?? "")?.[1];
  return cells.length === 14 && key !== undefined ? [{ key, cells: cells.slice(1) }] : [];
});

const instruments: Readonly<Record<string, MetricRow["instrument"]>> = {
  IncrCounter: "counter",
  SetGauge: "gauge",
  AddSample: "sample",
  MeasureSince: "timer",
  EmitKey: "key-value",
};

const backticked = (cell: string | undefined): string => /`([^`]+)`/.exec(cell ?? "")?.[1] ?? "";

describe.skipIf(!here)("the facts", () => {
  test("are many", () => expect(facts.length).toBeGreaterThan(120));

  test.each(facts.map((fact) => [fact.key, fact.cells] as const))("%s", (key, cells) => {
    const row = rowOf(key);
    expect(row).toBeDefined();
    if (!row) return;
    const [, call = "", labels = "", unit = "", , when = "", prometheus, type, statsd, dogstatsd, since = ""] = cells;
    expect(row.instrument).toBe(instruments[call]);
    expect(row.labels.map((label) => label.name).join(",")).toBe(labels.replace("–", ""));
    const dimension = /^\**(ms|bytes|ns|ratio)\b/.exec(unit)?.[1];
    if (dimension !== undefined) expect(row.unit).toBe(dimension);
    expect(row.never !== undefined).toBe(when.startsWith("**never**"));
    if (type === "(none)") {
      expect(prometheusType(row)).toBe("untyped");
    } else {
      expect(prometheusName(row)).toBe(backticked(prometheus).replace(/\{.*/, ""));
      expect(prometheusType(row)).toBe(type);
      const sent = dogstatsdName(row);
      const tags = sent.tags.map((tag) => tag.replace(/<.*>/, "<v>")).join(",");
      const value = /:(<[^>]+>)\|/.exec(backticked(dogstatsd))?.[1];
      expect(`${sent.name}:${value}|${statsdType(row)}${tags === "" ? "" : `|#${tags}`}`).toBe(backticked(dogstatsd));
    }
    expect(`${statsdName(row)}:<f6>|${statsdType(row)}`).toBe(backticked(statsd));
    const first = /^(\d+\.\d+\.\d+)/.exec(since)?.[1];
    if (first !== undefined) expect(row.since).toBe(first);
    const last = /^\d+\.\d+\.\d+–(\d+\.\d+\.\d+)/.exec(since)?.[1];
    if (last !== undefined) expect(row.until).toBe(last);
  });

  test("name no native metric that the catalogue lacks", () => {
    const native = [...section.matchAll(/^\| `(dkron_[a-z_]+)`/gm)].map((match) => match[1] as string);
    const lists = [...section.matchAll(/\b((?:go|process)_[a-z_]+) \((counter|gauge|summary)\)/g)];
    const foreign = [...section.slice(section.indexOf("Names users will have")).matchAll(/`(dkron_[a-z_]+)/g)];
    expect(native.length + lists.length + foreign.length).toBeGreaterThan(50);
    expect([...native, ...foreign.map((match) => match[1] as string)].filter((name) => !rowOf(name))).toEqual([]);
    for (const [, name = "", type] of lists)
      expect(rowOf(name) && prometheusType(rowOf(name) as MetricRow), name).toBe(type);
  });

  test("explain what the catalogue has besides them", () => {
    const told = new Set(facts.map((fact) => fact.key));
    const more = allRows().filter((row) => row.naming === "go-metrics" && !told.has(row.key));
    // told in the text around the tables: the calls before gRPC, the queries of 1.x and 2.x, the statistics of the log's file, the kv pair of 1.x
    expect(more.filter((row) => !/^(rpc\.|serf\.queries\.|raft\.boltdb\.|scheduler\.job\.add)/.test(row.key))).toEqual(
      [],
    );
  });
});
