// From an agent's page to a view: a rule file that is open in the editor, a link that scrapes, and the frame that says what the alert does.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AlertStateFrame, Frame, LinkSettings } from "../../server/src/live/frames.ts";
import { attachView, detachView, liveFrame } from "../../server/src/protocol.ts";
import { connect } from "../lsp/client.ts";

const body = `# TYPE dkron_job_executions_failed_total counter
dkron_job_executions_failed_total{job_name="backup"} 7
`;

const agent = createServer((_, response) => {
  response.setHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.end(body);
});

beforeAll(() => new Promise<void>((resolve) => agent.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise<void>((resolve) => agent.close(() => resolve())));

const rules = `groups:
- name: jobs
  interval: 1s
  rules:
  - alert: JobFailing
    expr: dkron_job_executions_failed_total > 3
    labels: {severity: page}
    annotations: {summary: '{{ $labels.job_name }} failed {{ $value }} times'}
  - alert: JobFailedOften
    expr: increase(dkron_job_executions_failed_total[1h]) > 3
`;

test("the alerts of an open rule file reach the view", async () => {
  const client = await connect({ initializationOptions: { trusted: true } });
  const { connection } = client;
  const states = new Promise<readonly AlertStateFrame[]>((resolve) => {
    connection.onNotification(liveFrame, ({ frame }: { frame: Frame }) => {
      const alerts = frame.ruleAlerts?.flatMap((group) => group.alerts) ?? [];
      if (alerts.some(({ state }) => state === "firing")) resolve(alerts);
    });
  });
  client.open("file:///w/dkron.rules.yml", rules);
  const settings: LinkSettings = {
    history: 3_600_000,
    maxSeries: 1000,
    maxBytes: 2 ** 26,
    sources: [
      {
        kind: "scrape",
        id: "agent",
        url: `http://127.0.0.1:${(agent.address() as AddressInfo).port}/metrics`,
        interval: 1000,
        timeout: 5000,
        maxBytes: 2 ** 24,
        allowSelfSigned: false,
        everyServer: false,
        job: "dkron",
      },
    ],
  };
  await connection.sendRequest(attachView, { view: "panel", settings });
  expect(await states).toMatchObject([
    {
      file: "file:///w/dkron.rules.yml",
      group: "jobs",
      rule: "JobFailing",
      state: "firing",
      value: 7,
      labels: { alertname: "JobFailing", job: "dkron", job_name: "backup", severity: "page" },
      annotations: { summary: "backup failed 7 times" },
    },
    { rule: "JobFailedOften", state: "unknown", history: { looksBack: 3_600_000, since: expect.any(Number) } },
  ]);
  await connection.sendRequest(detachView, { view: "panel" });
  client.close();
}, 30_000);
