// One GET at a time over node's own client, with every way that it can go wrong told apart. Knows no metrics and no Dkron.
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import type { Hearing } from "../record/heard.ts";
import { type EndpointRequest, requestUrl } from "./endpoints.ts";
import type { Credentials } from "./source.ts";

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  /** Milliseconds from asking to the last byte. */
  readonly duration: number;
};

export type HttpFault = {
  readonly fault:
    | "refused"
    | "unreachable"
    | "unknownHost"
    | "noConnection"
    | "noAnswer"
    | "slow"
    | "huge"
    | "truncated"
    | "badEncoding"
    | "redirectAway"
    | "redirectLoop"
    | "certificate"
    | "notTls"
    | "notHttp"
    | "closed"
    | "other";
  /** Of the system or the peer; never holds credentials. */
  readonly detail: string;
};

export type HttpOptions = {
  readonly base: URL;
  /** For the whole exchange, redirects included. */
  readonly timeout: number;
  readonly maxBytes: number;
  readonly allowSelfSigned: boolean;
  readonly accept: string;
  /** Told of each answer as it came, for recordings. */
  readonly heard?: Hearing | undefined;
};

const mostRedirects = 3;

/** Bytes that are set aside for an answer at least. */
const leastRoom = 1 << 16;

/** A connection kept open to one place, with one request in flight at most: others wait for their turn. */
export class HttpClient {
  readonly #options: HttpOptions;
  readonly #plain = new HttpAgent({ keepAlive: true, maxSockets: 1 });
  readonly #secure: HttpsAgent;
  #abort: (() => void) | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;
  /** Bytes set aside for the next answer: a little more than the last one had. */
  #room = leastRoom;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#secure = new HttpsAgent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: !options.allowSelfSigned });
  }

  /** Never rejects. Credentials go to the base's own origin only. `timeout` is in ms, from when its turn has come. */
  get(
    request: EndpointRequest,
    credentials?: Credentials,
    timeout = this.#options.timeout,
  ): Promise<HttpAnswer | HttpFault> {
    const answer = this.#turn.then(() => this.#follow(request, credentials, timeout));
    this.#turn = answer;
    return answer;
  }

  async #follow(
    request: EndpointRequest,
    credentials: Credentials | undefined,
    timeout: number,
  ): Promise<HttpAnswer | HttpFault> {
    const started = performance.now();
    const deadline = started + timeout;
    const first = requestUrl(this.#options.base, request);
    let url = first;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const headers = url.origin === first.origin ? authorization(credentials) : {};
      if (this.#closed) return { fault: "closed", detail: "" };
      const answer = await this.#exchange(url, headers, deadline);
      if (isFault(answer)) return answer;
      const location = answer.headers.location;
      if (!isRedirect(answer.status) || typeof location !== "string")
        return this.#told(request, url, { ...answer, duration: performance.now() - started });
      const next = redirectTarget(url, location);
      if (next === undefined) return { fault: "redirectAway", detail: withoutSecrets(location, url) };
      url = next;
    }
    return { fault: "redirectLoop", detail: url.href };
  }

  #told(request: EndpointRequest, url: URL, answer: HttpAnswer): HttpAnswer {
    const { status, headers, body } = answer;
    this.#options.heard?.({
      kind: "answer",
      server: url.host,
      path: url.pathname + url.search,
      scrape: request.endpoint === "metrics",
      status,
      headers,
      body,
    });
    return answer;
  }

  /** Breaks off what is in flight; nothing can be asked for any more. */
  close(): void {
    this.#closed = true;
    this.#abort?.();
    this.#plain.destroy();
    this.#secure.destroy();
  }

  #exchange(url: URL, headers: Record<string, string>, deadline: number): Promise<HttpAnswer | HttpFault> {
    const { accept, maxBytes } = this.#options;
    return new Promise((resolve) => {
      let stage: HttpFault["fault"] = "noConnection";
      const secure = url.protocol === "https:";
      const send = secure ? httpsRequest : httpRequest;
      const request = send(url, {
        method: "GET",
        agent: secure ? this.#secure : this.#plain,
        headers: { Accept: accept, "Accept-Encoding": "identity", "User-Agent": "dkron-metrics", ...headers },
      });
      const finish = (result: HttpAnswer | HttpFault): void => {
        clearTimeout(timer);
        if (!isFault(result)) this.#room = Math.max(leastRoom, Math.ceil(result.body.length * 1.1));
        this.#abort = undefined;
        resolve(result);
        if (isFault(result)) request.destroy();
      };
      const timer = setTimeout(() => finish({ fault: stage, detail: "" }), Math.max(0, deadline - performance.now()));
      this.#abort = () => finish({ fault: "closed", detail: "" });
      const sent = (): void => {
        stage = "noAnswer";
      };
      request.on("socket", (socket) => {
        if (request.reusedSocket || !socket.connecting) sent();
        else socket.once(secure ? "secureConnect" : "connect", sent);
      });
      request.on("error", (error) => finish(connectionFault(error)));
      request.on("response", (response) => {
        stage = "slow";
        readBody(response, { maxBytes, room: this.#room }, finish);
      });
      request.end();
    });
  }
}

/** Reads into one piece of memory, of `room` bytes at first where the size is not announced: pieces joined at the end would take twice as much. */
function readBody(
  response: IncomingMessage,
  { maxBytes, room }: { readonly maxBytes: number; readonly room: number },
  finish: (result: HttpAnswer | HttpFault) => void,
): void {
  const announced = Number(response.headers["content-length"]);
  let whole = Buffer.allocUnsafe(Math.min(announced >= 0 ? announced : room, maxBytes));
  let length = 0;
  response.on("data", (part: Buffer) => {
    const needed = length + part.length;
    if (needed > maxBytes) return finish({ fault: "huge", detail: String(maxBytes) });
    if (needed > whole.length) {
      const wider = Buffer.allocUnsafe(Math.min(maxBytes, Math.max(needed, whole.length * 2)));
      whole.copy(wider, 0, 0, length);
      whole = wider;
    }
    part.copy(whole, length);
    length = needed;
  });
  response.on("error", (error) => finish({ fault: "truncated", detail: error.message }));
  response.on("end", () => {
    const { statusCode: status = 0, headers } = response;
    unpack(whole.subarray(0, length), headers["content-encoding"], maxBytes, (body) =>
      finish(Buffer.isBuffer(body) ? { status, headers, body, duration: 0 } : body),
    );
  });
}

/** Undoes a content encoding that was not asked for: proxies add it all the same. */
function unpack(
  body: Buffer,
  encoding: string | undefined,
  maxOutputLength: number,
  done: (body: Buffer | HttpFault) => void,
): void {
  const name = (encoding ?? "identity").trim().toLowerCase();
  const ended = (error: NodeJS.ErrnoException | null, result: Buffer): void => {
    if (!error) done(result);
    else if (error.code === "ERR_BUFFER_TOO_LARGE") done({ fault: "huge", detail: String(maxOutputLength) });
    else if (error.code === "Z_BUF_ERROR") done({ fault: "truncated", detail: error.message });
    else done({ fault: "badEncoding", detail: name });
  };
  if (name === "identity" || name === "") done(body);
  else if (name === "gzip" || name === "x-gzip") gunzip(body, { maxOutputLength }, ended);
  else if (name === "deflate") inflate(body, { maxOutputLength }, ended);
  else if (name === "br") brotliDecompress(body, { maxOutputLength }, ended);
  else done({ fault: "badEncoding", detail: name });
}

export function isFault(answer: HttpAnswer | HttpFault): answer is HttpFault {
  return "fault" in answer;
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;

/** Where a redirect may lead: the same host, and never from TLS to plain text. */
function redirectTarget(from: URL, location: string): URL | undefined {
  if (!URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  const upgraded = from.protocol === "http:" && to.protocol === "https:";
  return to.hostname === from.hostname && (to.protocol === from.protocol || upgraded) ? to : undefined;
}

function withoutSecrets(location: string, from: URL): string {
  if (!URL.canParse(location, from.href)) return location;
  const { origin, pathname } = new URL(location, from);
  return origin + pathname;
}

function authorization(credentials: Credentials | undefined): Record<string, string> {
  if (!credentials) return {};
  if (credentials.scheme === "bearer") return { Authorization: `Bearer ${credentials.token}` };
  const pair = Buffer.from(`${credentials.user}:${credentials.password}`).toString("base64");
  return { Authorization: `Basic ${pair}` };
}

function connectionFault(error: NodeJS.ErrnoException): HttpFault {
  const code = error.code ?? "";
  const detail = error.message;
  if (code === "ECONNREFUSED") return { fault: "refused", detail };
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) return { fault: "unknownHost", detail };
  if (/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EHOSTDOWN|ENETDOWN)$/.test(code))
    return { fault: "unreachable", detail };
  if (code === "ETIMEDOUT") return { fault: "noConnection", detail };
  if (/SELF_SIGNED|^CERT_|UNABLE_TO_|ERR_TLS_CERT/.test(code)) return { fault: "certificate", detail: code };
  if (/^(EPROTO|ERR_SSL_)/.test(code)) return { fault: "notTls", detail };
  if (code.startsWith("HPE_")) return { fault: "notHttp", detail };
  if (/^(ECONNRESET|EPIPE)$/.test(code)) return { fault: "truncated", detail };
  return { fault: "other", detail };
}
