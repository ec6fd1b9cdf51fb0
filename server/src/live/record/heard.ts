// What sources hear on the wire, as it came: the door through which a session is recorded. Knows no file.

/** An answer over HTTP. `server` is host and port; the body is as it came after unpacking. No credentials are in it. */
export type HeardAnswer = {
  readonly kind: "answer";
  readonly server: string;
  /** A scrape's body, as against an answer of an HTTP API. */
  readonly scrape: boolean;
  /** Path with query, for example `/v1/jobs?_sort=name`. */
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
};

export type HeardPacket = { readonly kind: "packet"; readonly sink: "statsd" | "dogstatsd"; readonly payload: Buffer };

export type Heard = HeardAnswer | HeardPacket;

/** Told of everything that is heard, before it is read. */
export type Hearing = (heard: Heard) => void;
