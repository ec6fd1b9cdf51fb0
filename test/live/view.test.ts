// Frames of a view: what many series at once look like in them, and what a hidden view misses.
import { describe, expect, test } from "vitest";
import type { Frame, SeriesInfo } from "../../server/src/live/frames.ts";
import { type FrameParts, LinkView } from "../../server/src/live/view.ts";

const series = (id: number): SeriesInfo => ({
  id,
  source: "s",
  name: `m${id}`,
  labels: {},
  type: "gauge",
  role: "value",
  cumulative: false,
  family: `m${id}`,
});
const upTo = (count: number, from = 0): SeriesInfo[] =>
  Array.from({ length: count }, (_, index) => series(from + index));

function makeSubject(known: readonly SeriesInfo[]) {
  const frames: Frame[] = [];
  let ticks = 0;
  const view = new LinkView((frame) => frames.push(frame), { close: () => {}, changed: () => ticks++ });
  const parts: FrameParts = {
    at: 0,
    full: (sequence) => ({ sequence, at: 0, full: true, added: known, columns: [], events: [] }),
    source: () => undefined,
    store: () => ({ series: 0, samples: 0, bytes: 0, maxSeries: 0, maxBytes: 0, refusedSeries: 0 }),
  };
  return {
    view,
    frames,
    /** Flushes for as long as the view asks for it, as the link does. */
    flush(): void {
      do {
        ticks = 0;
        view.flush(parts);
      } while (ticks > 0);
    },
  };
}

/** What is there after the frames, in the order in which it came. */
function idsAfter(frames: readonly Frame[]): number[] {
  const ids = new Set<number>();
  for (const { full, added = [], removed = [] } of frames) {
    if (full) ids.clear();
    for (const { id } of added) ids.add(id);
    for (const id of removed) ids.delete(id);
  }
  return [...ids];
}

describe("view", () => {
  test("many series come a thousand a frame, none twice, none lost", () => {
    const { view, frames, flush } = makeSubject(upTo(2500));
    flush();
    for (const one of upTo(1200, 2500)) view.add(one);
    flush();
    expect(frames.map(({ full, added }) => [full, added?.length])).toEqual([
      [true, 1000],
      [false, 1000],
      [false, 500],
      [false, 1000],
      [false, 200],
    ]);
    expect(frames.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4]);
    expect(idsAfter(frames)).toEqual(upTo(3700).map(({ id }) => id));
  });

  test("a series that goes before its frame came is never shown, and one that was shown is taken away", () => {
    const { view, frames, flush } = makeSubject([]);
    flush();
    for (const one of upTo(3)) view.add(one);
    view.remove(1);
    flush();
    view.remove(2);
    flush();
    expect(frames.slice(1).map(({ added, removed }) => [added?.map(({ id }) => id), removed])).toEqual([
      [[0, 2], undefined],
      [undefined, [2]],
    ]);
  });

  test("a view that is hidden midway begins with all there is", () => {
    const { view, frames, flush } = makeSubject(upTo(1500));
    flush();
    for (const one of upTo(1500, 1500)) view.add(one);
    view.setVisible(false);
    flush();
    expect(frames).toHaveLength(2);
    view.setVisible(true);
    flush();
    expect(idsAfter(frames.slice(2))).toEqual(upTo(1500).map(({ id }) => id));
    expect(frames[2]?.full).toBe(true);
  });
});
