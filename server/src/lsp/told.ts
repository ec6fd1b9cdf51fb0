// What the client was last told of each file, so that it is told again only what has changed. Knows no check.
import type { Diagnostic } from "vscode-languageserver";

/** A text's version in the editor, or another name for just that text. */
type Version = number | string;

/** What was said of a text; `doubtful` since something has changed of which it may depend. */
type Answer = {
  readonly version: Version;
  readonly id: string;
  readonly items: readonly Diagnostic[];
  doubtful: boolean;
};

export class Told {
  readonly #answers = new Map<string, Answer>();
  /** A client may ask with an id that an earlier server gave. */
  readonly #session = Math.random().toString(36).slice(2);
  #given = 0;

  /** From now on what was told of these files may be wrong. */
  doubt(concerned: (uri: string) => boolean): void {
    for (const [uri, answer] of this.#answers) answer.doubtful ||= concerned(uri);
  }

  forget(uri: string): void {
    this.#answers.delete(uri);
  }

  /** The id of the last answer, right or not. */
  last(uri: string): string | undefined {
    return this.#answers.get(uri)?.id;
  }

  /** The id of the answer that the client has of this text; `undefined` where none is known to be right still. */
  current(uri: string, version: Version): string | undefined {
    const answer = this.#answers.get(uri);
    return answer?.version === version && !answer.doubtful ? answer.id : undefined;
  }

  /**
   * Notes what the client is told, and gives the answer's id. Two answers of one text that say the same have the same
   * id; those of another version never: an editor has moved its marks with the edit, and must set them again.
   */
  tell(uri: string, version: Version, items: readonly Diagnostic[]): string {
    const before = this.#answers.get(uri);
    const isSame = before?.version === version && saysTheSame(before.items, items);
    const id = isSame ? before.id : `${this.#session}-${++this.#given}`;
    this.#answers.set(uri, { version, id, items, doubtful: false });
    return id;
  }

  /** Whether the client has an answer for this very text that may be wrong. Of another version it will ask by itself. */
  isDoubtful(uri: string, version: Version): boolean {
    const answer = this.#answers.get(uri);
    return answer?.version === version && answer.doubtful;
  }

  /** Whether the client was told something else of this text; where it was not, its answer is right for now. */
  isOutdated(uri: string, version: Version, items: readonly Diagnostic[]): boolean {
    const answer = this.#answers.get(uri);
    if (answer?.version !== version || !saysTheSame(answer.items, items)) return true;
    answer.doubtful = false;
    return false;
  }
}

/** Asked only of one text: nothing is put in words at a keystroke, however much there is to say of a file. */
function saysTheSame(some: readonly Diagnostic[], others: readonly Diagnostic[]): boolean {
  return some.length === others.length && JSON.stringify(some) === JSON.stringify(others);
}
