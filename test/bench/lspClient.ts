// Drives a language server over stdio as an editor does, and reads what that cost from /proc. Knows no server.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

/** Clock ticks of /proc/PID/stat are 10 ms on every Linux that node runs on. */
const tickMs = 10;

type Message = { id?: number; method?: string; params?: unknown; result?: unknown; error?: { message: string } };
export type Position = { line: number; character: number };

/** A server process and the talk with it. `stop` ends both. */
export class LspClient {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #settings: Record<string, unknown>;
  #received = Buffer.alloc(0);
  #nextId = 1;
  #published: (() => void)[] = [];

  /** @param settings what the server gets when it asks for `workspace/configuration`, by section */
  constructor(command: readonly string[], settings: Record<string, unknown> = {}) {
    this.#settings = settings;
    this.#child = spawn(process.execPath, command, { stdio: ["pipe", "pipe", "pipe"] });
    this.#child.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    this.#child.stderr.resume();
  }

  /** CPU time of the server so far in ms, all threads, user and system. */
  cpu(): number {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  }

  /** Time that the server's main thread ran so far in ms: on a busy machine it says more than a clock on the wall. */
  mainThread(): number {
    const { pid } = this.#child;
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  }

  /** Resident memory in MB. */
  memory(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  async initialize(root: string): Promise<void> {
    await this.request("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(root).href,
      workspaceFolders: [{ uri: pathToFileURL(root).href, name: "bench" }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: {
          publishDiagnostics: { versionSupport: true },
          completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
          hover: { contentFormat: ["markdown"] },
        },
      },
    });
    this.notify("initialized", {});
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  async request(method: string, params: unknown): Promise<unknown> {
    const id = this.#nextId++;
    const answered = new Promise<Message>((resolve) => this.#answers.set(id, resolve));
    this.#send({ id, method, params });
    const { result, error } = await within(answered, method);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** Resolves at the next diagnostics that the server publishes. */
  diagnostics(): Promise<void> {
    return within(new Promise((resolve) => this.#published.push(resolve)), "diagnostics");
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    await Promise.race([this.request("shutdown", undefined).catch(() => undefined), sleep(2000)]);
    this.notify("exit", undefined);
    await Promise.race([gone, sleep(2000)]);
    this.#child.kill("SIGKILL");
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const end = this.#received.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(this.#received.toString("latin1", 0, end))?.[1]);
      if (this.#received.length < end + 4 + length) return;
      const message = JSON.parse(this.#received.toString("utf8", end + 4, end + 4 + length)) as Message;
      this.#received = this.#received.subarray(end + 4 + length);
      this.#take(message);
    }
  }

  #take({ id, method, params, ...rest }: Message): void {
    if (method === undefined && id !== undefined) {
      this.#answers.get(id)?.(rest);
      this.#answers.delete(id);
    } else if (method === "textDocument/publishDiagnostics") {
      const waiting = this.#published;
      this.#published = [];
      for (const resolve of waiting) resolve();
    } else if (id !== undefined) {
      this.#send({ id, result: method === "workspace/configuration" ? this.#configuration(params) : null });
    }
  }

  #configuration(params: unknown): unknown[] {
    const { items } = params as { items: { section?: string }[] };
    return items.map(({ section }) => this.#settings[section ?? ""] ?? null);
  }
}

/** A server that never answers must end a bench, not hold it. */
async function within<T>(answer: Promise<T>, what: string): Promise<T> {
  const timer = new AbortController();
  const late = sleep(60_000, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no answer within a minute: ${what}`);
  });
  late.catch(() => {}); // Aborted below when the answer came.
  try {
    return await Promise.race([answer, late]);
  } finally {
    timer.abort();
  }
}
