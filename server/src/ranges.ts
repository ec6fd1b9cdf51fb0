// Half-open stretches of a text, in UTF-16 units from its start. Pure algebra; knows no file kind and no protocol.

/** `start` inclusive, `end` exclusive; both UTF-16 offsets. */
export type Range = { readonly start: number; readonly end: number };

export function shift(range: Range, by: number): Range {
  return { start: range.start + by, end: range.end + by };
}

/** Whether `offset` stands in the range or touches one of its ends, as a cursor does. */
export function touches(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}
