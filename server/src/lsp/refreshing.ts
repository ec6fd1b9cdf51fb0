// Asks the client to ask again where another file or a setting has changed what it was answered. Knows no kind of answer.
import type { Connection } from "vscode-languageserver";
import type { Document } from "../language/document.ts";
import type { Range } from "../ranges.ts";
import { guarded } from "./guarded.ts";
import type { Session } from "./session.ts";

/** Milliseconds without a change after which it is looked whether answers are still right. */
const quietDelay = 500;

/** How many ranges of a file are held: those that its editors show, and some that somebody scrolled over. */
const mostRanges = 8;

/** What was answered last for a range of an open file, in words that are the same where the answer is. */
type Answer = { readonly range: Range; said: string };

/** Of one version of a file. */
type Told = { readonly version: number; readonly answers: Answer[] };

export class Refreshing {
  /** Whether the client can be asked to ask again. */
  able = false;
  #quiet: NodeJS.Timeout | undefined;
  readonly #told = new Map<string, Told>();
  readonly #connection: Connection;
  readonly #session: Session;
  readonly #request: string;
  readonly #says: (document: Document, range: Range) => string;

  /** `request`: what asks the client; `says`: what an answer would say now. */
  constructor(
    connection: Connection,
    session: Session,
    request: string,
    says: (document: Document, range: Range) => string,
  ) {
    this.#connection = connection;
    this.#session = session;
    this.#request = request;
    this.#says = says;
  }

  answered({ uri, version }: Document, range: Range, said: string): void {
    const before = this.#told.get(uri);
    const others = before?.version === version ? before.answers.filter((one) => !isSame(one.range, range)) : [];
    this.#told.set(uri, { version, answers: [...others.slice(1 - mostRanges), { range, said }] });
  }

  documentClosed(uri: string): void {
    this.#told.delete(uri);
  }

  /** A file or the settings say something else now. */
  workspaceChanged(): void {
    if (!this.able || this.#told.size === 0) return;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => void this.#refreshIfOutdated(), quietDelay);
  }

  #refreshIfOutdated(): Promise<void> {
    return guarded(this.#connection.console, this.#request, undefined, () => {
      let outdated = false;
      for (const [uri, { version, answers }] of this.#told) {
        const document = this.#session.documents.get(uri);
        // Of another version the client asks by itself.
        if (document?.version !== version) continue;
        for (const answer of answers) {
          const now = this.#says(document, answer.range);
          if (now === answer.said) continue;
          outdated = true;
          // A client need not ask of what nobody sees: that is a reason once.
          answer.said = now;
        }
      }
      if (outdated) void this.#connection.sendRequest(this.#request).catch(() => {});
    })();
  }
}

const isSame = (a: Range, b: Range): boolean => a.start === b.start && a.end === b.end;
