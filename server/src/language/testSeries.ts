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
import { scalarText } from "./scalarText.ts";

export type TestSeries = {
  readonly of: "input" | "sample";
  readonly notation: SeriesNotation;
  /** Where a piece of the notation stands in the file. */
  readonly place: (piece: Range) => Range;
};

/** In the order of the text. */
export function* testSeries(file: YamlFile): Iterable<TestSeries> {
  const list = (node: YamlNode | undefined, key: string): YamlNode[] =>
    valuesOf(resolveAlias(file, valueAt(node, key))).flatMap((item) => resolveAlias(file, item) ?? []);
  for (const test of list(file.documents[0]?.root, "tests")) {
    for (const one of list(test, "input_series")) if (one.kind === "mapping") yield* inputSeries(file, one);
    for (const one of list(test, "promql_expr_test").flatMap((query) => list(query, "exp_samples"))) {
      const labels = scalarOf(file, one, "labels");
      const text = labels ? scalarText(labels) : "";
      if (labels && (text !== "" || labels.value === ""))
        yield { of: "sample", notation: parseMetric(text), place: (piece) => placeIn(labels, text, piece) };
    }
  }
}

const scalarOf = (file: YamlFile, node: YamlNode, key: string): Scalar | undefined => {
  const found = resolveAlias(file, valueAt(node, key));
  return found?.kind === "scalar" ? found : undefined;
};

/** Where a piece of the text of a scalar stands; all of the scalar where its tag makes another text of it. */
const placeIn = (scalar: Scalar, text: string, piece: Range): Range =>
  text === scalar.value ? textRange(scalar, piece) : rangeOf(scalar);

/**
 * promtool writes both into one line of `load`, with a blank between them; where there are line breaks, into several,
 * and an empty one or a remark ends what is loaded.
 */
function* inputSeries(file: YamlFile, one: Mapping): Iterable<TestSeries> {
  const series = scalarOf(file, one, "series");
  const values = scalarOf(file, one, "values");
  const parts = [series ? scalarText(series) : "", (values ? scalarText(values) : "").trimEnd()] as const;
  const place = (piece: Range): Range => {
    const inValues = piece.start > parts[0].length || !series;
    const scalar = inValues ? values : series;
    if (!scalar) return headOf(one);
    const by = inValues ? parts[0].length + 1 : 0;
    const text = scalarText(scalar);
    const start = Math.min(Math.max(piece.start - by, 0), text.length);
    const end = Math.min(Math.max(piece.end - by, start), text.length);
    return end > start ? placeIn(scalar, text, { start, end }) : rangeOf(scalar);
  };
  let from = 0;
  for (const line of parts.join(" ").split("\n")) {
    const begin = from;
    from += line.length + 1;
    const [text, indent] = [line.trim(), line.length - line.trimStart().length];
    if (text === "" || text.startsWith("#")) return;
    const shifted = (piece: Range): Range =>
      place({ start: begin + indent + piece.start, end: begin + indent + piece.end });
    yield { of: "input", notation: parseSeries(text), place: shifted };
  }
}

function headOf(mapping: Mapping): Range {
  const key = mapping.pairs[0]?.key;
  return key ? { start: startOf(key), end: endOf(key) } : rangeOf(mapping);
}
