// Answers for inlay hints, which say what other files and settings make of a name and so are asked for again. Knows no hint.
import { type Connection, InlayHintRefreshRequest, type InlayHint as LspInlayHint } from "vscode-languageserver";
import type { InlayHint } from "../language/answers.ts";
import type { Document } from "../language/document.ts";
import { languageService } from "../language/languageService.ts";
import type { Range } from "../ranges.ts";
import { toInlayHint } from "./convertPlaces.ts";
import { Refreshing } from "./refreshing.ts";
import type { Session } from "./session.ts";

export class Hints {
  readonly refreshing: Refreshing;
  readonly #session: Session;

  constructor(connection: Connection, session: Session) {
    this.#session = session;
    this.refreshing = new Refreshing(connection, session, InlayHintRefreshRequest.method, (document, range) =>
      JSON.stringify(this.#hints(document, range)),
    );
  }

  answer(document: Document, range: Range): LspInlayHint[] {
    const hints = this.#hints(document, range);
    this.refreshing.answered(document, range, JSON.stringify(hints));
    return hints.map((hint) => toInlayHint(document, hint));
  }

  #hints(document: Document, range: Range): readonly InlayHint[] {
    if (!this.#session.settings.inlayHints) return [];
    return languageService.inlayHints(document, range, this.#session.contextOf(document.uri));
  }
}
