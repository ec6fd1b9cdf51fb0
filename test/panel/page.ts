// The panel's page outside the editor: the real view in a headless browser, joined to a real link and emitter as the extension joins
// them. Themes are those of the editor's variables that the view uses, as a webview of VS Code had them on its root element.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../.scripts/lib/browser.mjs";
import { Emitter, type EmitterOptions } from "../../client/src/emitter/emitter.ts";
import { scenarios } from "../../client/src/emitter/scenario/library.ts";
import type { HostMessage, ViewMessage, ViewState } from "../../client/src/panel/messages.ts";
import { familyTexts, metricTexts } from "../../client/src/panel/metricTexts.ts";
import type { LinkSettings, SourceSettings } from "../../server/src/live/frames.ts";
import { Link } from "../../server/src/live/link.ts";
import themes from "./themes.json" with { type: "json" };

export type ThemeName = keyof typeof themes;

export type PanelPage = {
  readonly page: Page;
  readonly emitter: Emitter;
  readonly link: Link;
  /** What the view said to its host. */
  readonly said: ViewMessage[];
  /** Sends the view a message of one's own. */
  readonly post: (message: HostMessage) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type PageOptions = {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly emitter?: EmitterOptions;
  readonly state?: Partial<ViewState>;
  /** Milliseconds between two scrapes. */
  readonly interval?: number;
};

const root = resolve(import.meta.dirname, "../..");

/** Opens the page with an emitter that runs. */
export async function openPanelPage(options: PageOptions = {}): Promise<PanelPage> {
  const folder = await mkdtemp(join(tmpdir(), "dkron-panel-"));
  const emitter = new Emitter({ http: { host: "127.0.0.1", port: 0 }, seed: 7, ...options.emitter });
  const { servers } = await emitter.start();
  const link = new Link({
    settings: linkSettings(servers[0]?.url ?? "", options.interval ?? 250),
    trusted: true,
    credentials: async () => undefined,
  });
  const files = await bundleView(folder);
  const site = await serve(options.theme ?? "Dark Modern", files, options.state ?? {});
  const browser: Browser = await launchBrowser(folder);
  const { width = 1280, height = 900 } = options;
  const page = await browser.newPage({ viewport: { width, height }, locale: "en-US" });
  const said: ViewMessage[] = [];
  const post = async (message: HostMessage): Promise<void> => {
    if (!page.isClosed())
      await page.evaluate(`window.postMessage(${JSON.stringify(message)}, "*")`).catch(() => undefined);
  };
  const host = joinHost(link, emitter, post);
  await page.exposeFunction("toHost", (message: ViewMessage) => {
    said.push(message);
    void host.receive(message);
  });
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  const close = async (): Promise<void> => {
    host.dispose();
    await browser.close();
    site.close();
    await link.close();
    await emitter.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { page, emitter, link, said, post, close };
}

/** The extension's half, without an editor: what the server would answer the link answers. */
function joinHost(link: Link, emitter: Emitter, post: (message: HostMessage) => Promise<void>) {
  const tellEmitter = (): void => {
    const { running, servers, scenario } = emitter.state;
    const offered = scenarios().map(({ name, about }) => ({ name, about }));
    void post({ type: "emitter", state: { running, address: servers[0]?.url, scenario, scenarios: offered } });
  };
  const quiet = emitter.on(tellEmitter);
  const subscription = link.subscribe((frame) => void post({ type: "frame", frame }));
  subscription.setVisible(false);
  const receive = async (message: ViewMessage): Promise<void> => {
    switch (message.type) {
      case "ready":
        await post({ type: "hello", agentUrl: emitter.state.servers[0]?.url ?? "", trusted: true });
        tellEmitter();
        return subscription.setVisible(true);
      case "watch":
        return subscription.watch(message.ids);
      case "history":
        return post({ type: "history", request: message.request, history: link.history(message.ask) });
      case "executions": {
        const executions = await link.executions(message.source, message.job);
        if ("length" in executions) await post({ type: "executions", job: message.job, executions });
        return;
      }
      case "texts":
        return post({ type: "texts", texts: metricTexts(message.rows) });
      case "families":
        return post({ type: "families", families: familyTexts(message.version) });
      case "retry":
        return link.retry();
      case "play":
        return emitter.play(message.scenario);
      case "command":
        if (message.command === "startEmitter") await emitter.start();
        if (message.command === "stopEmitter") await emitter.stop();
        return;
    }
  };
  const dispose = (): void => {
    quiet();
    subscription.dispose();
  };
  return { receive, dispose };
}

function linkSettings(url: string, interval: number): LinkSettings {
  const http = { url, timeout: 2_000, maxBytes: 64_000_000, allowSelfSigned: false };
  const sources: SourceSettings[] = [
    { kind: "scrape", id: "agent", interval, everyServer: true, job: "dkron", ...http },
    { kind: "api", id: "api", interval: Math.max(interval, 500), ...http },
  ];
  return { sources, history: 3_600_000, maxSeries: 50_000, maxBytes: 256_000_000 };
}

type Files = Readonly<Record<"js" | "css", string>>;

async function bundleView(folder: string): Promise<Files> {
  const outfile = join(folder, "main.js");
  await build({
    absWorkingDir: root,
    entryPoints: ["client/src/panel/view/main.ts"],
    bundle: true,
    format: "iife",
    target: "es2022",
    minify: true,
    outfile,
    logLevel: "warning",
  });
  return { js: await readFile(outfile, "utf8"), css: await readFile(join(folder, "main.css"), "utf8") };
}

/** Every variable of any theme, taken away. */
const all = [...new Set(Object.values(themes).flatMap(({ style }) => style.match(/--[\w-]+(?=:)/g) ?? []))].map(
  (name) => `${name}: initial;`,
);

/** Gives the page another theme as the editor does: on its root element, with the class of the body. */
export async function changeTheme(page: Page, theme: ThemeName): Promise<void> {
  const { body } = themes[theme];
  // What the first theme has and this one has not must not shine through.
  const style = [...all, themes[theme].style].join(" ");
  await page.evaluate(
    `document.documentElement.style.cssText = ${JSON.stringify(style)}; document.body.className = ${JSON.stringify(body)};`,
  );
}

/** The page as html.ts has it: the same content policy, the theme's variables in a style sheet of their own. */
async function serve(theme: ThemeName, { js, css }: Files, state: Partial<ViewState>): Promise<Server> {
  const { style, body } = themes[theme];
  const stub = `let kept = ${JSON.stringify(state)};
globalThis.acquireVsCodeApi = () => ({ postMessage: (message) => globalThis.toHost(message), getState: () => kept, setState: (next) => { kept = next; } });`;
  const policy =
    "default-src 'none'; style-src http://127.0.0.1:*; script-src http://127.0.0.1:*; img-src http://127.0.0.1:* data:";
  const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Dkron Live Metrics</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/main.css"></head>
<body class="${body}"><div id="root"></div><script src="/stub.js"></script><script src="/main.js"></script></body></html>`;
  const answers: Record<string, readonly [type: string, text: string]> = {
    "/": ["text/html", html],
    "/theme.css": ["text/css", `:root { ${style} }`],
    "/main.css": ["text/css", css],
    "/main.js": ["text/javascript", js],
    "/stub.js": ["text/javascript", stub],
  };
  const server = createServer(({ url = "/" }, response) => {
    const [type, text] = answers[url] ?? [];
    response.writeHead(text === undefined ? 404 : 200, { "Content-Type": `${type ?? "text/plain"}; charset=utf-8` });
    response.end(text ?? "");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return server;
}
