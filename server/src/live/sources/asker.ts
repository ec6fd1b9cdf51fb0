// Asks one place for JSON, with its credentials, and says why not in words. Shared by the sources of the two HTTP APIs.
import type { Hearing } from "../record/heard.ts";
import type { EndpointRequest } from "./endpoints.ts";
import { connectionFailure, type Failure, type Peer, statusFailure } from "./faults.ts";
import { type HttpAnswer, HttpClient, isFault } from "./http.ts";
import { parseJson } from "./json.ts";
import { PeerClock } from "./peerClock.ts";
import type { Credentials } from "./source.ts";

export type AskerOptions = {
  readonly url: string;
  readonly kind: Peer["kind"];
  readonly timeout: number;
  readonly maxBytes: number;
  readonly allowSelfSigned: boolean;
  readonly credentials: (origin: string) => Promise<Credentials | undefined>;
  readonly heard?: Hearing | undefined;
  /** Our time, ms: with it the peer's clock is compared. */
  readonly now?: () => number;
};

/** `status` and `data` of any answer that is JSON, refusals too; or the failure that there was none. */
export type Answered =
  | { readonly status: number; readonly data: unknown }
  | { readonly failure: Failure; readonly status?: number };

export class Asker {
  readonly base: URL;
  readonly peer: Peer;
  readonly peerClock = new PeerClock();
  readonly #now: (() => number) | undefined;
  readonly #client: HttpClient;
  readonly #credentials: AskerOptions["credentials"];

  constructor(options: AskerOptions) {
    this.base = new URL(options.url);
    this.peer = { kind: options.kind, address: this.base.host, timeout: options.timeout };
    this.#credentials = options.credentials;
    this.#now = options.now;
    this.#client = new HttpClient({ ...options, base: this.base, accept: "application/json" });
  }

  /** `anyStatus`: JSON is an answer whatever the status, as with the errors of Prometheus. */
  async ask(
    request: EndpointRequest,
    options: { readonly anyStatus?: boolean; readonly timeout?: number } = {},
  ): Promise<Answered> {
    const timeout = options.timeout ?? this.peer.timeout;
    const answer = await this.#client.get(request, await this.#credentials(this.base.origin), timeout);
    if (isFault(answer)) return { failure: connectionFailure(answer, { ...this.peer, timeout }) };
    this.#compareClocks(answer);
    const data = parseJson(answer.body);
    if (data !== undefined && (answer.status === 200 || options.anyStatus === true))
      return { status: answer.status, data };
    if (answer.status !== 200)
      return { failure: statusFailure(answer.status, this.peer, answer.body), status: answer.status };
    return {
      failure: {
        reason: `${this.base.host} answers, but not with JSON.`,
        advice: "Something else than expected answers at this address: check the port and the path.",
      },
      status: 200,
    };
  }

  #compareClocks({ headers: { date, age }, duration }: HttpAnswer): void {
    // With an age it is an answer that a proxy kept: its date says nothing of now.
    if (!this.#now || typeof date !== "string" || age !== undefined) return;
    const answered = this.#now();
    this.peerClock.hear(date, answered - duration, answered);
  }

  close(): void {
    this.#client.close();
  }
}
