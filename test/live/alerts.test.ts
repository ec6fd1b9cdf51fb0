// The life of alerts: pending, firing, kept, resolved, restarted; what is said where the history is too short; rules that are edited.
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { changeDocument, openDocument } from "../../server/src/language/document.ts";
import { plainGroups } from "../../server/src/language/plainRules.ts";
import { AlertWatch } from "../../server/src/live/alerts/alertWatch.ts";
import { GroupRun } from "../../server/src/live/alerts/groupRun.ts";
import { Recorded } from "../../server/src/live/alerts/recorded.ts";
import type { GroupSpec } from "../../server/src/live/alerts/rules.ts";
import { type ActiveAlerts, advance, noAlerts } from "../../server/src/live/alerts/states.ts";
import { sourceOfSamples } from "../../server/src/live/alerts/storeSource.ts";
import type { AlertStateFrame } from "../../server/src/live/frames.ts";
import type { Clock } from "../../server/src/live/sources/source.ts";
import { Store } from "../../server/src/live/store/store.ts";
import { keyOf, labelsFrom } from "../../server/src/promql/engine/labels.ts";
import type { SeriesSource } from "../../server/src/promql/engine/source.ts";

const second = 1000;
const labels = labelsFrom({ alertname: "Down" });
const holds = new Map([[keyOf(labels), { labels, annotations: {}, value: 1 }]]);
const fails = new Map();

const marks = { firing: "F", pending: "P", inactive: "-" };

/** The state at each evaluation, one a second, for a condition that holds (`x`) or does not (`.`). */
function states(pattern: string, times: { holdFor: number; keepFiringFor: number }): string {
  let active: ActiveAlerts = noAlerts;
  return [...pattern]
    .map((mark, index) => {
      active = advance(active, mark === "x" ? holds : fails, times, index * second);
      return marks[active.get(keyOf(labels))?.state ?? "inactive"];
    })
    .join("");
}

test.each([
  ["fires at once without for", "..xx.", 0, 0, "--FF-"],
  ["waits for `for`", "xxxx.x", 2, 0, "PPFF-P"],
  ["begins anew when it failed once while pending", "x.xxx", 2, 0, "P-PPF"],
  ["is kept for `keep_firing_for`", "xxx....", 2, 3, "PPFFFF-"],
  ["is kept no longer once it held again", "x..x....", 0, 3, "FFFFFFF-"],
  ["is not kept while only pending", "x...", 2, 3, "P---"],
])("%s", (_, pattern, holdFor, keepFiringFor, expected) => {
  expect(states(pattern, { holdFor: holdFor * second, keepFiringFor: keepFiringFor * second })).toBe(expected);
});

/** A store with a series `up` that has had a sample each 5 s, the last at `now`. */
function storeWith(samples: readonly number[], now: number): Store {
  const store = new Store(
    { history: 3_600_000, maxSeries: 100, maxBytes: 2 ** 24 },
    { added: () => {}, removed: () => {}, column: () => {}, event: () => {} },
  );
  const intake = store.intake("a", 5 * second);
  samples.forEach((value, index) => {
    intake.open(now - (samples.length - 1 - index) * 5 * second);
    const handle = intake.handle({ name: "up", labels: [["instance", "a:80"]] }, () => ({
      type: "gauge",
      role: "value",
      cumulative: false,
      family: "up",
      expires: false,
    }));
    intake.put(handle, value);
    intake.close("complete");
  });
  return store;
}

const groups = (text: string): GroupSpec[] =>
  plainGroups(openDocument("file:///w/a.rules.yml", "yaml", 1, text)).map((group) => ({
    ...group,
    interval: group.interval ?? 5 * second,
  }));

const now = 1_700_000_000_000;

function framesOf(text: string, store: Store): AlertStateFrame[] {
  const [group] = groups(text);
  if (!group) throw new Error("no group");
  const run = new GroupRun(group, new Recorded(3_600_000));
  for (const _step of run.evaluate(sourceOfSamples(store), now, {}, store.oldest() ?? now));
  return run.frames(store.oldest());
}

const rule = (expr: string, more = ""): string =>
  `groups:\n- name: g\n  interval: 5s\n  rules:\n  - alert: A\n    expr: ${expr}\n${more}`;

test("an edit leaves all rules but one the same objects, which their states hang on", () => {
  const text = `${rule("up == 0")}  - {alert: B, expr: 'up == 1'}\n`;
  const document = openDocument("file:///w/a.rules.yml", "yaml", 1, text);
  const at = text.indexOf("== 1");
  const edited = changeDocument(document, [{ range: { start: at, end: at + 2 }, text: "<" }], 2);
  const [before, after] = [document, edited].map((one) => plainGroups(one)[0]?.rules ?? []);
  expect(after?.map(({ expr }) => expr)).toEqual(["up == 0", "up < 1"]);
  expect(after?.[0]).toBe(before?.[0]);
  const labelled = (severity: string) =>
    plainGroups(
      openDocument(
        "file:///w/a.rules.yml",
        "yaml",
        1,
        text.replace("  rules:", `  labels: {s: ${severity}}\n  rules:`),
      ),
    );
  expect([labelled("x"), labelled("y")].map(([group]) => group?.rules[0]?.labels)).toEqual([{ s: "x" }, { s: "y" }]);
});

test("a rule that takes too long is given up, and rests for a minute", () => {
  let time = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => time);
  try {
    const [group] = groups(rule("up == 0"));
    const run = group && new GroupRun(group, new Recorded(3_600_000));
    const store = sourceOfSamples(storeWith([0], now));
    let asked = 0;
    const slow: SeriesSource = {
      select: (...all) => {
        asked++;
        time += 3000;
        return store.select(...all);
      },
    };
    const again = (): number => {
      for (const _step of run?.evaluate(slow, now, {}) ?? []);
      return asked;
    };
    expect(again()).toBe(1);
    expect(run?.frames(now)[0]?.reason).toBe("It cannot be evaluated: query was canceled in expression evaluation.");
    time += 30_000;
    expect(again()).toBe(1);
    time += 31_000;
    expect(again()).toBe(2);
  } finally {
    clock.mockRestore();
  }
});

describe("what a view is shown", () => {
  test("labels, texts and value as they would be sent", () => {
    const [frame] = framesOf(
      rule(
        "up == 0",
        "    labels: {severity: page}\n    annotations: {summary: '{{ $labels.instance }} has {{ $value }}'}\n",
      ),
      storeWith([1, 0], now),
    );
    expect(frame).toMatchObject({
      file: "file:///w/a.rules.yml",
      group: "g",
      rule: "A",
      state: "firing",
      since: now,
      value: 0,
      labels: { alertname: "A", instance: "a:80", severity: "page" },
      annotations: { summary: "a:80 has 0" },
    });
  });

  test.each([
    ['{{ query "up +" }}', "1:5: parse error: unexpected end of input"],
    ['{{ query "é\\n  up[" }}', "1:1: parse error: unexpected character: 'é'"],
    ['{{ query "up and\\n  rate(up)" }}', "2:8: parse error: expected type range vector in call to function"],
    ['{{ query "" }}', "unknown position: parse error: no expression found in input"],
    ['{{ query "up[5m]" }}', "error calling query: rule result is not a vector or scalar"],
  ])("a query of a text that cannot be evaluated, in Prometheus' words: %s", (template, wanted) => {
    const [frame] = framesOf(rule("up == 0", `    annotations: {a: '${template}'}\n`), storeWith([0], now));
    expect(frame?.annotations.a).toContain(wanted);
  });

  test("a rule that is new stands as if it had been there before", () => {
    const [frame] = framesOf(rule("up == 0", "    for: 10s\n"), storeWith([1, 1, 0, 0, 0, 0], now));
    expect(frame).toMatchObject({ state: "firing", since: now - 15 * second });
  });

  test("pending says when it fires", () => {
    const [frame] = framesOf(rule("up == 0", "    for: 1m\n"), storeWith([1, 0, 0], now));
    expect(frame).toMatchObject({ state: "pending", since: now - 5 * second, firesAt: now + 55 * second });
  });

  test("a range that reaches before the first sample is unknown, not inactive", () => {
    const [frame] = framesOf(rule("max_over_time(up[1h]) > 3"), storeWith([1, 1, 1], now));
    expect(frame).toMatchObject({
      state: "unknown",
      history: { looksBack: 3_600 * second, since: now - 10 * second },
    });
  });

  test("an alert is active on what is known, and it is said that this is not all", () => {
    const [frame] = framesOf(rule("max_over_time(up[1h]) > 0"), storeWith([1, 1], now));
    expect(frame).toMatchObject({ state: "firing", history: { since: now - 5 * second } });
  });

  test("a range that is longer than samples are kept says so", () => {
    const store = storeWith([1, 1, 1], now);
    const [group] = groups(rule("max_over_time(up[2h]) > 3"));
    const run = group && new GroupRun(group, new Recorded(3_600_000));
    for (const _step of run?.evaluate(sourceOfSamples(store), now, {}) ?? []);
    expect(run?.frames(store.oldest(), 3_600_000)).toMatchObject([
      { state: "unknown", reason: expect.stringContaining("looks back 2h, and samples are kept for 1h only") },
    ]);
  });

  test("the lookback of a plain selector is no reason to say so", () => {
    expect(framesOf(rule("up > 3"), storeWith([1, 1, 1], now))[0]).toMatchObject({ state: "inactive" });
  });

  test("without samples nothing is known", () => {
    const [frame] = framesOf(rule("absent(up)"), storeWith([], now));
    expect(frame).toMatchObject({ state: "unknown", reason: expect.stringContaining("no samples") });
  });

  test.each([
    ["half-typed", "sum(rate(up["],
    ["a range where none may be", "up[5m]"],
  ])("an expression that is %s says why", (_, expr) => {
    const [frame] = framesOf(rule(expr), storeWith([1], now));
    expect(frame).toMatchObject({ state: "unknown", reason: expect.stringMatching(/^It cannot be evaluated: ./) });
  });

  test("series of recording rules are there for the alerts", () => {
    const text =
      "groups:\n- name: g\n  interval: 5s\n  rules:\n  - {record: 'job:down', expr: 'up == bool 0'}\n  - {alert: A, expr: 'job:down == 1'}\n";
    expect(framesOf(text, storeWith([1, 0], now))).toMatchObject([{ rule: "A", state: "firing" }]);
  });
});

describe("the watch over open files", () => {
  /** Timers that run when they are told to. */
  function handClock(): Clock & { advance(ms: number): void } {
    let time = now;
    let timers: { at: number; call: () => void }[] = [];
    return {
      now: () => time,
      after: (delay, call) => {
        const timer = { at: time + delay, call };
        timers.push(timer);
        return () => {
          timers = timers.filter((other) => other !== timer);
        };
      },
      advance(ms) {
        const end = time + ms;
        for (;;) {
          const next = timers.sort((a, b) => a.at - b.at)[0];
          if (!next || next.at > end) break;
          timers.shift();
          time = next.at;
          next.call();
        }
        time = end;
      },
    };
  }

  type Told = readonly { readonly group: string; readonly alerts: readonly AlertStateFrame[] }[];

  function watchOver(store: () => Pick<Store, "oldest" | "select">, written: () => GroupSpec[]) {
    const clock = handClock();
    const told: Told[] = [];
    const watch = new AlertWatch({
      clock,
      samples: { select: (...all) => store().select(...all), oldest: () => store().oldest() },
      history: 3_600_000,
      groups: written,
      options: () => ({}),
      show: (groups) => told.push(groups),
    });
    onTestFinished(() => watch.close());
    return { clock, told, last: () => told.at(-1)?.flatMap(({ alerts }) => alerts) };
  }

  test("shows states, only when they change, and takes edited rules at once", () => {
    const store = storeWith([1, 0], now);
    let written = groups(rule("up == 0", "    for: 10s\n"));
    const { clock, told, last } = watchOver(
      () => store,
      () => written,
    );
    // A slow machine pauses within a round: the next moments belong to it.
    clock.advance(100);
    expect(last()).toMatchObject([{ state: "pending" }]);
    clock.advance(12 * second);
    expect(last()).toMatchObject([{ state: "firing", since: now }]);
    const count = told.length;
    clock.advance(30 * second);
    expect(told.length).toBe(count);
    written = groups(rule("up == 1"));
    clock.advance(2 * second);
    expect(last()).toMatchObject([{ state: "inactive" }]);
    written = [];
    clock.advance(2 * second);
    expect(told.at(-1)).toMatchObject([{ group: "g", alerts: [] }]);
  });

  test("says nothing again while history grows that is not enough, and tells when it is", () => {
    const store = storeWith([1, 1], now);
    const written = groups(rule("max_over_time(up[1m]) > 3"));
    const { clock, told, last } = watchOver(
      () => store,
      () => written,
    );
    clock.advance(30 * second);
    expect(told).toHaveLength(1);
    expect(last()).toMatchObject([{ state: "unknown", history: { looksBack: 60 * second, since: now - 5 * second } }]);
    clock.advance(60 * second);
    expect(told).toHaveLength(2);
    expect(last()).toMatchObject([{ state: "inactive" }]);
  });

  test("begins with a rule as soon as there are samples, however rarely it is evaluated", () => {
    let store = storeWith([], now);
    const written = groups(rule("up == 0").replace("interval: 5s", "interval: 10m"));
    const { clock, last } = watchOver(
      () => store,
      () => written,
    );
    clock.advance(5 * second);
    expect(last()).toMatchObject([{ state: "unknown", reason: expect.stringContaining("no samples") }]);
    store = storeWith([0], now + 5 * second);
    clock.advance(2 * second);
    expect(last()).toMatchObject([{ state: "firing" }]);
  });

  test("evaluates a rule that is typed at once, and those beside it when their turn comes", () => {
    const store = storeWith([1, 0], now);
    const asked = new Map<string, number>();
    const beside = "  - {alert: B, expr: 'absent(other)'}\n";
    const write = (expr: string): GroupSpec[] => groups(rule(expr).replace("5s", "10m") + beside);
    let written = write("up == 0");
    const { clock, last } = watchOver(
      () => {
        const select: Store["select"] = (filter, ...span) => {
          asked.set(filter.name ?? "", (asked.get(filter.name ?? "") ?? 0) + 1);
          return store.select(filter, ...span);
        };
        return { select, oldest: () => store.oldest() };
      },
      () => written,
    );
    clock.advance(2 * second);
    written = write("up == 1");
    clock.advance(2 * second);
    expect(last()).toMatchObject([{ state: "inactive" }, { state: "firing" }]);
    const before = asked.get("other");
    written = write("up < 1");
    clock.advance(2 * second);
    expect(last()).toMatchObject([{ state: "firing" }, { state: "firing" }]);
    expect(asked.get("other")).toBe(before);
    clock.advance(600 * second);
    expect(asked.get("other")).toBeGreaterThan(before ?? 0);
  });

  test("tells of the groups in which something changed, and of no other", () => {
    const store = storeWith([1, 0], now);
    const quiet = rule("up > 3").replaceAll("name: g", "name: quiet");
    const written = [...groups(rule("up == 0", "    for: 10s\n")), ...groups(quiet)];
    const { clock, told } = watchOver(
      () => store,
      () => written,
    );
    clock.advance(15 * second);
    expect(told.map((list) => list.map(({ group }) => group))).toEqual([["g", "quiet"], ["g"]]);
  });
});
