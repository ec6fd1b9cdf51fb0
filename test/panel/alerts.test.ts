// What is remembered of alerts' states, and the words for them.
import { describe, expect, test } from "vitest";
import type { AlertStateFrame } from "../../client/src/panel/messages.ts";
import { AlertHistory, type AlertState } from "../../client/src/panel/view/alertHistory.ts";
import { countStates, doubtText, mostUrgent } from "../../client/src/panel/view/tabs/alertTexts.ts";

/** `state from-to` of what is seen between two moments. */
const seen = (history: AlertHistory, key: string, from: number, to: number): string[] =>
  history.stretches(key, from, to).map((stretch) => `${stretch.state} ${stretch.from}-${stretch.to}`);

describe("the history of an alert", () => {
  const history = new AlertHistory();
  const states: [at: number, state: AlertState | undefined][] = [
    [10, "inactive"],
    [11, "inactive"],
    [20, "pending"],
    [30, "firing"],
    [40, undefined],
    [50, "inactive"],
  ];
  for (const [at, state] of states) history.add(at, new Map(state === undefined ? [] : [["a", state]]));

  test.each<[title: string, from: number, to: number, stretches: string[]]>([
    ["all of it", 0, 60, ["inactive 10-20", "pending 20-30", "firing 30-40", "inactive 50-60"]],
    ["a part, cut at both ends", 15, 25, ["inactive 15-20", "pending 20-25"]],
    ["a time in which it was not there", 42, 48, []],
    ["before it", 0, 10, []],
  ])("%s", (_, from, to, stretches) => {
    expect(seen(history, "a", from, to)).toEqual(stretches);
  });

  test("another alert has none", () => {
    expect(seen(history, "b", 0, 60)).toEqual([]);
  });

  test("one that was gone long ago is forgotten, one that is there is not", () => {
    const short = new AlertHistory();
    short.add(
      1,
      new Map<string, AlertState>([
        ["old", "firing"],
        ["young", "firing"],
      ]),
    );
    short.add(2, new Map<string, AlertState>([["young", "firing"]]));
    short.trim(3);
    expect(seen(short, "old", 0, 10)).toEqual([]);
    expect(seen(short, "young", 0, 10)).toEqual(["firing 1-10"]);
  });

  test("nothing is known of a long silence, such as a computer's sleep", () => {
    const sleepy = new AlertHistory();
    sleepy.add(10, new Map<string, AlertState>([["a", "firing"]]));
    expect(seen(sleepy, "a", 0, 1_000)).toEqual(["firing 10-160"]);
    sleepy.add(900, new Map<string, AlertState>([["a", "firing"]]));
    expect(seen(sleepy, "a", 0, 1_000)).toEqual(["firing 900-1000"]);
  });

  test("one that flaps without end keeps its newest states only", () => {
    const flapping = new AlertHistory();
    for (let at = 0; at < 10_000; at++)
      flapping.add(at, new Map<string, AlertState>([["a", at % 2 === 0 ? "firing" : "inactive"]]));
    const kept = flapping.stretches("a", 0, 10_000);
    expect(kept.length).toBeLessThan(1_000);
    expect(kept.at(-1)).toEqual({ state: "inactive", from: 9_999, to: 10_000 });
  });
});

test.each<[states: AlertState[], text: string]>([
  [["firing", "pending", "pending", "inactive"], "1 firing"],
  [["pending", "unknown"], "1 pending"],
  [["inactive", "unknown"], "all quiet"],
  [["unknown"], "unknown"],
  [[], "none"],
])("%j are %s", (states, text) => {
  expect(mostUrgent(countStates(states.map((state) => ({ state }))))).toBe(text);
});

describe("why an alert is not known", () => {
  const minute = 60_000;
  const alert = (change: Partial<AlertStateFrame>): AlertStateFrame => ({
    ...{ group: "g", rule: "A", file: "file:///a", state: "unknown", since: null, value: null },
    ...{ labels: {}, annotations: {} },
    ...change,
  });

  test.each<[title: string, change: Partial<AlertStateFrame>, now: number, said: string]>([
    [
      "how much history it wants, how much there is, and when that is enough",
      { history: { looksBack: 60 * minute, since: 0 } },
      5 * minute,
      "Insufficient history: it looks back 60 min, and samples are known of the last 5 min only. What it answers is certain in 55 min.",
    ],
    [
      "there is enough, and it was not evaluated since",
      { history: { looksBack: minute, since: 0 } },
      minute + 1,
      "Insufficient history: it looks back 60 s, and samples are known of the last 60 s only. What it answers is certain at its next evaluation.",
    ],
    ["a reason of its own", { reason: "It was not evaluated yet." }, 0, "It was not evaluated yet."],
    ["nothing", {}, 0, ""],
  ])("%s", (_, change, now, said) => {
    expect(doubtText(alert(change), now)).toBe(said);
  });
});
