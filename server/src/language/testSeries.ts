// The series that a file of rule tests writes down: input series with their values, and the series of expected samples.
// Finds and reads them; judges nothing.
import { parseMetric, parseSeries, type SeriesNotation } from "../promql/syntax/series.ts";
import type { Range } from "../ranges.ts";
import { resolveAlias } from "../yaml/alias.ts";
import { textRange } from "../yaml/offsets.ts";
import {
  endOf,
  type Mapping,
  rangeOf,
  type Scalar,
  startOf,
  valueAt,
  valuesOf,
  type YamlFile,
  type YamlNode,
} from "../yaml/tree.ts";

export type TestSeries = {
  readonly of: "input" | "sample";
  readonly notation: SeriesNotation;
  /** Where a piece of the notation stands in the file. */
  readonly place: (piece: Range) => Range;
};

/** In the order of the text. What cannot be one line of promtool's `load` is left out. */
export function* testSeries(file: YamlFile): Iterable<TestSeries> {
  const list = (node: YamlNode | undefined, key: string): YamlNode[] =>
    valuesOf(resolveAlias(file, valueAt(node, key))).flatMap((item) => resolveAlias(file, item) ?? []);
  for (const test of list(file.documents[0]?.root, "tests")) {
    for (const one of list(test, "input_series")) if (one.kind === "mapping") yield* inputSeries(file, one);
    for (const one of list(test, "promql_expr_test").flatMap((query) => list(query, "exp_samples"))) {
      const labels = scalarOf(file, one, "labels");
      if (labels)
        yield { of: "sample", notation: parseMetric(labels.value), place: (piece) => textRange(labels, piece) };
    }
  }
}

const scalarOf = (file: YamlFile, node: YamlNode, key: string): Scalar | undefined => {
  const found = resolveAlias(file, valueAt(node, key));
  return found?.kind === "scalar" ? found : undefined;
};

/** promtool writes both into one line, with a blank between them. */
function* inputSeries(file: YamlFile, one: Mapping): Iterable<TestSeries> {
  const series = scalarOf(file, one, "series");
  const values = scalarOf(file, one, "values");
  const parts = [series?.value ?? "", (values?.value ?? "").trimEnd()] as const;
  const text = parts.join(" ");
  if (text.trim() === "" || text.trimStart().startsWith("#") || /[\r\n]/.test(text)) return;
  const place = (piece: Range): Range => {
    const inValues = piece.start > parts[0].length || !series;
    const scalar = inValues ? values : series;
    if (!scalar) return headOf(one);
    const by = inValues ? parts[0].length + 1 : 0;
    const length = scalar.value.length;
    const start = Math.min(Math.max(piece.start - by, 0), length);
    const end = Math.min(Math.max(piece.end - by, start), length);
    return end > start ? textRange(scalar, { start, end }) : rangeOf(scalar);
  };
  yield { of: "input", notation: parseSeries(text), place };
}

function headOf(mapping: Mapping): Range {
  const key = mapping.pairs[0]?.key;
  return key ? { start: startOf(key), end: endOf(key) } : rangeOf(mapping);
}
