// An hour of a link whose agent's series come and go, in seconds: scrape, parser, store, frames and alerts together must not grow.
import type { ServerResponse } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, onTestFinished, test } from "vitest";
import { AlertWatch } from "../../server/src/live/alerts/alertWatch.ts";
import type { GroupSpec, RuleSpec } from "../../server/src/live/alerts/rules.ts";
import type { AlertStateFrame, Frame } from "../../server/src/live/frames.ts";
import type { Link } from "../../server/src/live/link.ts";
import type { Clock } from "../../server/src/live/sources/source.ts";
import { linkTo, scrapeOf, serve, textType } from "./loopback.ts";

const second = 1000;
const hour = 3600;
/** Between two scrapes, s. */
const step = 2;
/** What the link keeps, s: short beside the hour, so that all there is has been replaced many times at its end. */
const history = 300;
/** What it keeps at most: a little less than there would be. */
const mostSeries = 1200;

/** Time that passes when the test says so; `standing`: timers of half a second and more. */
function timeMachine(): Clock & { passTo(time: number): void; standing(): number } {
  let now = 1_700_000_000_000;
  const timers = new Set<{ readonly at: number; readonly call: () => void }>();
  return {
    now: () => now,
    after(delay, call) {
      const timer = { at: now + delay, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    passTo(time) {
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= time).sort((one, other) => one.at - other.at);
        if (!next) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.call();
      }
      now = Math.max(now, time);
    },
    standing: () => [...timers].filter(({ at }) => at >= now + second / 2).length,
  };
}

/**
 * What an agent says at a second of the hour: three hundred series that stay, and of each of these three others for half a minute: jobs
 * as labels, jobs within names (as go-metrics has them), and a process that is started anew.
 */
function body(at: number): string {
  const lines = ["# TYPE process_start_time_seconds gauge", `process_start_time_seconds ${Math.floor(at / 600)}`];
  lines.push("# TYPE dkron_steady gauge");
  for (let index = 0; index < 300; index++) lines.push(`dkron_steady{index="${index}"} ${(at * index) % 97}.25`);
  const turn = Math.floor(at / 30);
  lines.push("# TYPE dkron_job_runs_total counter");
  for (let job = 0; job < 20; job++) lines.push(`dkron_job_runs_total{job_name="job-${turn}-${job}"} ${at * job}`);
  for (let job = 0; job < 10; job++) {
    const name = `dkron_scheduler_job_${turn}_${job}_duration`;
    lines.push(`# HELP ${name} ${name}`, `# TYPE ${name} summary`);
    for (const quantile of ["0.5", "0.9", "0.99"]) lines.push(`${name}{quantile="${quantile}"} NaN`);
    lines.push(`${name}_sum ${at * 1.5}`, `${name}_count ${at}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Most scrapes go well. */
function answer(at: number, response: ServerResponse): void {
  if (at % 97 === 13) response.destroy();
  else if (at % 89 === 17) response.writeHead(500).end("out of order");
  else if (at % 83 === 23) response.writeHead(200, { "Content-Type": textType }).end(`${body(at)}a bad line ${at}\n`);
  else response.writeHead(200, { "Content-Type": textType }).end(body(at));
}

const rule = (kind: RuleSpec["kind"], name: string, expr: string, more: Partial<RuleSpec> = {}): RuleSpec => ({
  kind,
  name,
  expr,
  holdFor: 0,
  keepFiringFor: 0,
  labels: {},
  annotations: {},
  ...more,
});

const group: GroupSpec = {
  file: "file:///soak.rules.yml",
  name: "soak",
  interval: 5 * second,
  queryOffset: 0,
  rules: [
    rule("record", "job:runs:rate1m", "sum by (job_name) (rate(dkron_job_runs_total[1m]))"),
    rule("alert", "JobRuns", "job:runs:rate1m > 5", {
      holdFor: 10 * second,
      keepFiringFor: 20 * second,
      annotations: { summary: "{{ $labels.job_name }} runs {{ $value | humanize }} times a second" },
    }),
    rule("alert", "Gone", 'absent(dkron_job_runs_total{job_name="job-3-3"})'),
    rule("alert", "Steady", "dkron_steady > 90", { labels: { index: "{{ $labels.index }}" } }),
  ],
};

/** A view that watches all there is, as the panel does; its frames go over a wire. */
function watchAll(link: Link) {
  const view = { present: new Set<number>(), gone: 0, sequences: 0 };
  const subscription = link.subscribe((frame) => {
    const { added = [], removed = [], full, sequence } = JSON.parse(JSON.stringify(frame)) as Frame;
    if (full) view.present.clear();
    for (const { id } of added) view.present.add(id);
    for (const id of removed) view.present.delete(id);
    view.gone += removed.length;
    view.sequences = sequence;
    subscription.watch([...view.present]);
  });
  return view;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What is reachable, in bytes: the least of several looks, for others may just have allocated something. */
async function reachable(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 4; look++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    least = Math.min(least, heapUsed + arrayBuffers);
  }
  return least;
}

describe("soak", () => {
  test("after an hour of series that come and go nothing is left of those that went", async () => {
    let at = 0;
    const url = await serve((request, response) => {
      if (request.url === "/metrics") answer(at, response);
      else response.end(JSON.stringify({ agent: { name: "one", version: "4.1.2" } }));
    });
    const clock = timeMachine();
    const began = clock.now();
    const before = await reachable();
    const link = linkTo([scrapeOf(url, { interval: step * second })], {
      clock,
      settings: {
        history: history * second,
        maxSeries: mostSeries,
        maxBytes: 64 * 2 ** 20,
        sources: [scrapeOf(url, { interval: step * second })],
      },
    });
    const view = watchAll(link);
    let shown: readonly AlertStateFrame[] = [];
    const alerts = new AlertWatch({
      clock,
      samples: link,
      history: history * second,
      groups: () => [group],
      options: () => ({ semantics: 3 }),
      show: (groups) => {
        shown = groups.flatMap((told) => told.alerts);
        link.showRuleAlerts(groups);
      },
    });
    onTestFinished(() => alerts.close());
    const weights: number[] = [];
    for (at = 0; at <= hour; at += step) {
      clock.passTo(began + at * second);
      // Until the scrape and the round of alerts both wait for their next turn.
      while (clock.standing() < 2) {
        await new Promise((resolve) => setImmediate(resolve));
        clock.passTo(clock.now() + 1);
      }
      if (at > 0 && at % (hour / 4) === 0) weights.push((await reachable()) - before);
    }
    clock.passTo(clock.now() + 100);
    const [, half = 0, , end = 0] = weights;
    expect(end / half, `bytes after each quarter: ${weights.join(", ")}`).toBeLessThan(1.12);

    // It was a real hour: everything took part in it.
    const { sources, store } = link.snapshot();
    expect(sources?.[0]?.counters.received).toBeGreaterThan((0.9 * hour) / step);
    expect(sources?.[0]?.counters.failed).toBeGreaterThan(50);
    expect(view.sequences).toBeGreaterThan(hour / step);
    expect(view.gone).toBeGreaterThan(5 * mostSeries);
    expect(view.present.size).toBe(store?.series);
    expect(store).toMatchObject({ series: mostSeries, refusedSeries: expect.any(Number) });
    const firing = shown.filter(({ state }) => state === "firing").map(({ rule }) => rule);
    expect(new Set(firing)).toEqual(new Set(["JobRuns", "Gone", "Steady"]));
  });
});
