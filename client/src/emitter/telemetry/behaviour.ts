// Which metrics a happening of the agent's life makes, and with which values: server/catalog/emitter/behaviour.yml, read
// for one version. It must not know when anything happens.
import { data } from "../../../../server/catalog/emitter/behaviour.yml";
import { isExported } from "../../../../server/src/catalog/availability.ts";
import { rowOf } from "../../../../server/src/catalog/metrics.ts";
import { placeholdersOf } from "../../../../server/src/catalog/names.ts";
import type { MetricRow } from "../../../../server/src/catalog/types.ts";
import type { Random } from "../random.ts";
import type { Labels } from "./exposition.ts";

/** What a happening tells: values by name, texts for labels and `<…>` parts of keys, numbers for values. */
export type Fields = Readonly<Record<string, number | string>>;

export type Observation = {
  readonly row: MetricRow;
  readonly labels: Labels;
  /** What the row leaves open in its name besides the labels. */
  readonly holes: Labels;
  readonly value: number;
};

/** All metrics of a happening in an agent of the version, in the order of the calls. */
export type Behaviour = {
  /** Whether the version exports any of them: else there is no need to let it happen. */
  has(happening: string): boolean;
  observe(happening: string, fields: Fields, random: Random): Observation[];
};

type ValueSpec = number | string | readonly [number, number];
type Spec = { readonly row: MetricRow; readonly value: ValueSpec; readonly labels: Labels };
type SpecData = ValueSpec | { readonly value: ValueSpec; readonly labels?: Labels };

const table = data as Readonly<Record<string, readonly Readonly<Record<string, SpecData>>[]>>;

/** Ids of all metrics that the stand-in can make, of any version. */
export function behaviourIds(): string[] {
  return [...new Set(Object.values(table).flatMap((list) => list.flatMap((entry) => Object.keys(entry))))];
}

/** Names of all happenings that make metrics. */
export function happenings(): string[] {
  return Object.keys(table);
}

export function behaviourOf(version: string): Behaviour {
  const specs = new Map(
    Object.entries(table).map(([happening, entries]) => [
      happening,
      entries.flatMap((entry) => specsOf(entry, version)),
    ]),
  );
  return {
    has: (happening) => (specs.get(happening) ?? []).length > 0,
    observe: (happening, fields, random) =>
      (specs.get(happening) ?? []).map(({ row, value, labels }) => ({
        row,
        labels: Object.fromEntries(row.labels.map(({ name }) => [name, labels[name] ?? String(fields[name] ?? "")])),
        holes: Object.fromEntries(placeholdersOf(row).map((name) => [name, String(fields[name] ?? "")])),
        value: numberOf(value, fields, random),
      })),
  };
}

function specsOf(entry: Readonly<Record<string, SpecData>>, version: string): Spec[] {
  return Object.entries(entry).flatMap(([id, spec]) => {
    const row = rowOf(id);
    if (row === undefined || !isExported(row, version)) return [];
    const full = typeof spec === "object" && "value" in spec ? spec : { value: spec };
    return [{ row, value: full.value, labels: full.labels ?? {} }];
  });
}

function numberOf(spec: ValueSpec, fields: Fields, random: Random): number {
  if (typeof spec === "number") return spec;
  if (typeof spec === "string") return Number(fields[spec] ?? 0);
  return random.spread(spec[0], spec[1]);
}
