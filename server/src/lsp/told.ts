// What the client was last told of each file, so that it is told again only what has changed. Knows no check.
import type { Diagnostic } from "vscode-languageserver";

/** A text's version in the editor, or another name for just that text. */
type Version = number | string;

/** `generation` is the context's in which it was found that the answer with this id is right. */
type Answer = { readonly version: Version; readonly id: string; generation: number };

export class Told {
  readonly #answers = new Map<string, Answer>();
  #generation = 0;

  /** From now on what was told may be wrong. */
  contextChanged(): void {
    this.#generation++;
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
    return answer?.version === version && answer.generation === this.#generation ? answer.id : undefined;
  }

  /**
   * Notes what the client is told, and gives the answer's id. Two answers of one text that say the same have the same
   * id; those of another version never: an editor has moved its marks with the edit, and must set them again.
   */
  tell(uri: string, version: Version, items: readonly Diagnostic[]): string {
    const id = idOf(version, items);
    this.#answers.set(uri, { version, id, generation: this.#generation });
    return id;
  }

  /** Whether the client has an answer for this very text that may be wrong. Of another version it will ask by itself. */
  isDoubtful(uri: string, version: Version): boolean {
    const answer = this.#answers.get(uri);
    return answer?.version === version && answer.generation !== this.#generation;
  }

  /** Whether the client was told something else of this text; where it was not, its answer is right for now. */
  isOutdated(uri: string, version: Version, items: readonly Diagnostic[]): boolean {
    const answer = this.#answers.get(uri);
    if (answer?.id !== idOf(version, items)) return true;
    answer.generation = this.#generation;
    return false;
  }
}

function idOf(version: Version, items: readonly Diagnostic[]): string {
  const text = JSON.stringify(items);
  return `${version}/${text.length}-${digest(text)}`;
}

/** FNV-1a in 32 bits from two starts, which tell texts of one file well apart; in one walk, for the text can be long. */
function digest(text: string): string {
  let one = 0x811c9dc5;
  let other = 0x01000193;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x01000193);
  }
  return inLetters(one) + inLetters(other);
}

const inLetters = (hash: number): string => (hash >>> 0).toString(36).padStart(7, "0");
