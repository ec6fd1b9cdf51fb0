// Everything that can go wrong between the link and an agent, each on a real server on the loopback address, each with its own words.
import type { RequestListener } from "node:http";
import { createServer } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { SourceState } from "../../server/src/live/frames.ts";
import { linkTo, listen, scrapeOf, serve, serveTls, sourceIn, textType } from "./loopback.ts";

const body = "# TYPE up_to_date gauge\nup_to_date 1\n";

const metrics: RequestListener = (_request, response) => {
  response.writeHead(200, { "Content-Type": textType }).end(body);
};

const packed =
  (encoding: string, bytes: Buffer): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { "Content-Type": textType, "Content-Encoding": encoding }).end(bytes);
  };

const answer =
  (status: number, text: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { "Content-Type": textType, ...headers }).end(text);
  };

/** `/v1/` of an agent, and something else for every other path. */
const agentBut =
  (other: RequestListener): RequestListener =>
  (request, response) => {
    if (request.url !== "/v1/") return other(request, response);
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end('{"agent":{"name":"cron-1","version":"4.1.2"},"serf":{},"tags":{}}');
  };

const failing: readonly [title: string, handler: RequestListener, reason: RegExp, advice: RegExp][] = [
  [
    "no /metrics, on an agent",
    agentBut(answer(404, "404 page not found")),
    /Dkron 4\.1\.2\) answers, but has no `\/metrics`/,
    /enable-prometheus: true/,
  ],
  ["no /metrics, on something else", answer(404, "nothing"), /answers, but has no `\/metrics`/, /enable-prometheus/],
  ["credentials wanted", answer(401, ""), /answers 401: the credentials are missing or wrong/, /secret storage/],
  ["credentials refused", answer(403, ""), /answers 403/, /credentials/],
  [
    "500",
    answer(500, "collected metric twice\nmore"),
    /answers 500\. It says: collected metric twice$/,
    /look at its log/,
  ],
  [
    "a web page",
    answer(200, "<html>", { "Content-Type": "text/html; charset=utf-8" }),
    /`text\/html; charset=utf-8` instead of metrics/,
    /web page/,
  ],
  [
    "protobuf",
    answer(200, "x", { "Content-Type": "application/vnd.google.protobuf" }),
    /instead of metrics/,
    /text\/plain/,
  ],
  ["garbage", answer(200, "a 1\n<!-- no -->\nb 2\n"), /Line 2 of the answer cannot be read/, /whole scrape/],
  ["a label twice", answer(200, 'a 1\nb{x="1",x="2"} 1\n'), /Line 2 .* `x` of `b` is given twice/, /whole scrape/],
  ["larger than the limit", answer(200, `# ${"x".repeat(200_000)}\n`), /larger than the limit of 0\.1 MiB/, /limit/],
  [
    "larger than the limit once unpacked",
    packed("gzip", gzipSync(`# ${"x".repeat(200_000)}\n`)),
    /larger than the limit/,
    /limit/,
  ],
  [
    "an encoding that is none",
    packed("gzip", Buffer.from(body)),
    /encoded as `gzip`, and could not be unpacked/,
    /proxy/,
  ],
  ["an encoding that nobody knows", packed("zstd", Buffer.from(body)), /encoded as `zstd`/, /proxy/],
  ["a gzip cut short", packed("gzip", gzipSync(body).subarray(0, 30)), /broke the connection off/, /thrown away/],
  [
    "a redirect to another host",
    answer(302, "", { Location: "http://elsewhere.invalid/login?token=secret" }),
    /redirects to http:\/\/elsewhere\.invalid\/login, which is another host/,
    /set that address/,
  ],
  ["redirects in circles", answer(302, "", { Location: "/metrics" }), /redirects in circles/, /proxy/],
  [
    "cut short, with a length",
    (_request, response) => {
      response.writeHead(200, { "Content-Type": textType, "Content-Length": "500" });
      response.write(body, () => response.destroy());
    },
    /broke the connection off before its answer was complete/,
    /cut in two/,
  ],
  [
    "cut short, in chunks",
    (_request, response) => {
      response.writeHead(200, { "Content-Type": textType });
      response.write(body, () => response.destroy());
    },
    /broke the connection off/,
    /restarting/,
  ],
];

const small = { maxBytes: 100_000, timeout: 1500 };

function reasonOf(state: SourceState): string {
  return "reason" in state ? `${state.reason} | ${state.advice}` : state.phase;
}

describe("faults of a scrape", () => {
  test.each(failing)("%s", async (_title, handler, reason, advice) => {
    const url = await serve(handler);
    const { state, counters } = await sourceIn(linkTo([scrapeOf(url, small)]), "scrape", "failing");
    expect(state).toMatchObject({
      phase: "failing",
      reason: expect.stringMatching(reason),
      advice: expect.stringMatching(advice),
    });
    expect(counters.failed).toBeGreaterThan(0);
    expect(reasonOf(state)).not.toContain("token=secret");
  });

  test.each([
    ["gzip", packed("gzip", gzipSync(body))],
    ["deflate", packed("deflate", deflateSync(body))],
    ["br", packed("br", brotliCompressSync(body))],
  ])("%s that was not asked for is unpacked", async (_title, handler) => {
    const { counters } = await sourceIn(linkTo([scrapeOf(await serve(handler))]), "scrape", "live");
    expect(counters.samples).toBe(1);
  });

  test("a redirect on the same host is followed, without credentials to another port", async () => {
    const seen: (string | undefined)[] = [];
    const behind = await serve((request, response) => {
      if (request.url === "/m/metrics") seen.push(request.headers.authorization);
      metrics(request, response);
    });
    const front = await serve(answer(307, "", { Location: `${behind}/m/metrics` }));
    const credentials = async () => ({ scheme: "bearer", token: "s3cret" }) as const;
    await sourceIn(linkTo([scrapeOf(front)], { credentials }), "scrape", "live");
    expect(seen[0]).toBeUndefined();
    expect(seen.length).toBeGreaterThan(0);
  });

  test("nothing listens: down, or a worker", async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const { state } = await sourceIn(linkTo([scrapeOf(`http://127.0.0.1:${port}`)]), "scrape", "failing");
    expect(reasonOf(state)).toMatch(
      /Nothing listens on 127\.0\.0\.1:\d+: the connection was refused\. \| Start the agent.*\(a worker\) has no HTTP at all/,
    );
  });

  test("hangs before a word", async () => {
    const url = await serve(() => {});
    const { state } = await sourceIn(linkTo([scrapeOf(url, { timeout: 100 })]), "scrape", "failing");
    expect(reasonOf(state)).toMatch(/said nothing within 0\.1 s/);
  });

  test("too slow: the answer begins and does not end", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "Content-Type": textType });
      response.write(body);
    });
    const { state } = await sourceIn(linkTo([scrapeOf(url, { timeout: 150 })]), "scrape", "failing");
    expect(reasonOf(state)).toMatch(/was not complete after 0\.15 s/);
  });

  test("speaks no HTTP", async () => {
    const port = await listen(createServer((socket) => socket.end("SSH-2.0-OpenSSH\r\n")));
    const { state } = await sourceIn(linkTo([scrapeOf(`http://127.0.0.1:${port}`)]), "scrape", "failing");
    expect(reasonOf(state)).toMatch(/does not speak HTTP\. \| Check the port/);
  });

  test("a name that nobody knows", async () => {
    const { state } = await sourceIn(linkTo([scrapeOf("http://no-such-host.invalid:8080")]), "scrape", "failing");
    expect(reasonOf(state)).toMatch(/no-such-host\.invalid:8080 is not known to the name service/);
  });

  test("a self-signed certificate is refused", async () => {
    const { state } = await sourceIn(linkTo([scrapeOf(await serveTls(metrics))]), "scrape", "failing");
    expect(reasonOf(state)).toMatch(
      /certificate of .* is not to be trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\).*allow self-signed/,
    );
  });

  test("a self-signed certificate is taken where that was chosen", async () => {
    const url = await serveTls(metrics);
    const { counters } = await sourceIn(linkTo([scrapeOf(url, { allowSelfSigned: true })]), "scrape", "live");
    expect(counters.samples).toBe(1);
  });

  test("TLS asked of a server that has none", async () => {
    const url = (await serve(metrics)).replace("http:", "https:");
    const { state } = await sourceIn(linkTo([scrapeOf(url)]), "scrape", "failing");
    expect(reasonOf(state)).toMatch(/does not speak TLS\. \| Write `http:\/\/`/);
  });

  test.each([
    [
      "basic",
      { scheme: "basic", user: "ops", password: "pä:ss" },
      `Basic ${Buffer.from("ops:pä:ss").toString("base64")}`,
    ],
    ["bearer", { scheme: "bearer", token: "t0ken" }, "Bearer t0ken"],
  ] as const)("credentials: %s, and Accept is always text", async (_title, held, header) => {
    const seen: unknown[] = [];
    const url = await serve((request, response) => {
      if (request.url === "/metrics") seen.push([request.headers.authorization, request.headers.accept]);
      metrics(request, response);
    });
    const asked: string[] = [];
    const credentials = async (origin: string) => {
      asked.push(origin);
      return held;
    };
    const link = linkTo([scrapeOf(url)], { credentials });
    await sourceIn(link, "scrape", "live");
    expect(seen[0]).toEqual([header, "text/plain"]);
    expect(new Set(asked)).toEqual(new Set([url]));
    expect(JSON.stringify(link.snapshot())).not.toMatch(/t0ken|pä:ss|Bearer|Basic/);
  });

  test("credentials that cannot be had are a failure like any other, and tried again", async () => {
    let asked = 0;
    const credentials = async () => {
      if (asked++ === 0) throw new Error("the secret storage is locked");
      return undefined;
    };
    const link = linkTo([scrapeOf(await serve(metrics), { interval: 200 })], { credentials });
    const { state } = await sourceIn(link, "scrape", "failing");
    expect(reasonOf(state)).toMatch(/the secret storage is locked/);
    await sourceIn(link, "scrape", "live");
  });

  test("a sample of another hour is left out, as Prometheus does, and said", async () => {
    const url = await serve(answer(200, `a 1 ${Date.now() - 2 * 3_600_000}\nb 2 ${Date.now()}\nc 3\n`));
    const link = linkTo([scrapeOf(url)]);
    const { notices } = await sourceIn(link, "scrape", "live");
    expect(notices.map((said) => said.id)).toEqual(["untimely", "times"]);
    const names = link.snapshot().added?.map((series) => series.name) ?? [];
    const values = link.last(link.snapshot().added?.map((series) => series.id)).values;
    expect(["a", "b", "c"].map((name) => values[names.indexOf(name)])).toEqual([null, 2, 3]);
  });

  test("a series that costs the scrape is placed on its own line, behind empty ones", async () => {
    const url = await serve(answer(200, '\na 1\n\n  \nb{x="1",x="2"} 1\n'));
    const { state } = await sourceIn(linkTo([scrapeOf(url)]), "scrape", "failing");
    expect(reasonOf(state)).toMatch(/^Line 5 of the answer/);
  });

  test("an untrusted workspace sends nothing", async () => {
    let requests = 0;
    const url = await serve((request, response) => {
      requests++;
      metrics(request, response);
    });
    const link = linkTo([scrapeOf(url)], { trusted: false });
    const { state } = await sourceIn(link, "scrape", "stopped");
    expect(reasonOf(state)).toMatch(/not trusted/);
    expect(requests).toBe(0);
  });

  test("one request at a time, never overlapping, however slow the answers", async () => {
    let open = 0;
    let most = 0;
    let total = 0;
    const url = await serve((request, response) => {
      most = Math.max(most, ++open);
      total++;
      setTimeout(() => {
        open--;
        metrics(request, response);
      }, 15);
    });
    const link = linkTo([scrapeOf(url, { interval: 5 })]);
    await sourceIn(link, "scrape", "live");
    while (total < 8) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(most).toBe(1);
  });
});
