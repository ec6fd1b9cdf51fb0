// Answers for code lenses, which count what other files use and so are asked for again. Knows no lens.
import { type CodeLens, CodeLensRefreshRequest, type Connection } from "vscode-languageserver";
import type { Lens } from "../language/answers.ts";
import type { Document } from "../language/document.ts";
import { languageService } from "../language/languageService.ts";
import { toCodeLens } from "./convertPlaces.ts";
import { Refreshing } from "./refreshing.ts";
import type { Session } from "./session.ts";

export class Lenses {
  readonly refreshing: Refreshing;
  readonly #session: Session;

  constructor(connection: Connection, session: Session) {
    this.#session = session;
    this.refreshing = new Refreshing(connection, session, CodeLensRefreshRequest.method, (document) =>
      titlesOf(this.#lenses(document)),
    );
  }

  answer(document: Document): CodeLens[] {
    const lenses = this.#lenses(document);
    this.refreshing.answered(document, { start: 0, end: document.text.length }, titlesOf(lenses));
    return lenses.map((lens) => toCodeLens(document, lens));
  }

  #lenses(document: Document): readonly Lens[] {
    const { settings, workspace } = this.#session;
    return settings.codeLens ? languageService.codeLenses(document, workspace) : [];
  }
}

/** Within a version they stand where they stood. */
const titlesOf = (lenses: readonly Lens[]): string => lenses.map(({ title }) => title).join("\n");
