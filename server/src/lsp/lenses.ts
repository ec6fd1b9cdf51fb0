// Answers for code lenses, and asks the client to ask again where another file has changed what they say. Knows no lens.
import { type CodeLens, CodeLensRefreshRequest, type Connection } from "vscode-languageserver";
import type { Lens } from "../language/answers.ts";
import type { Document } from "../language/document.ts";
import { languageService } from "../language/languageService.ts";
import { toCodeLens } from "./convertPlaces.ts";
import { guarded } from "./guarded.ts";
import type { Session } from "./session.ts";

/** Milliseconds without a change after which it is looked whether lenses are still right. */
const quietDelay = 500;

/** What the lenses of an open file said last, and of which of its versions. */
type Told = { readonly version: number; readonly titles: string };

export class Lenses {
  /** Whether the client can be asked to ask again. */
  refreshable = false;
  #quiet: NodeJS.Timeout | undefined;
  readonly #told = new Map<string, Told>();
  readonly #connection: Connection;
  readonly #session: Session;

  constructor(connection: Connection, session: Session) {
    this.#connection = connection;
    this.#session = session;
  }

  answer(document: Document): CodeLens[] {
    const lenses = this.#lenses(document);
    this.#told.set(document.uri, { version: document.version, titles: titlesOf(lenses) });
    return lenses.map((lens) => toCodeLens(document, lens));
  }

  documentClosed(uri: string): void {
    this.#told.delete(uri);
  }

  /** A file or the settings say something else now. */
  workspaceChanged(): void {
    if (!this.refreshable || this.#told.size === 0) return;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => void this.#refreshIfOutdated(), quietDelay);
  }

  #lenses(document: Document): readonly Lens[] {
    const { settings, workspace } = this.#session;
    return settings.codeLens ? languageService.codeLenses(document, workspace) : [];
  }

  #refreshIfOutdated(): Promise<void> {
    return guarded(this.#connection.console, "workspace/codeLens/refresh", undefined, () => {
      let outdated = false;
      for (const [uri, { version, titles }] of this.#told) {
        const document = this.#session.documents.get(uri);
        // Of another version the client asks by itself.
        if (document?.version !== version) continue;
        const now = titlesOf(this.#lenses(document));
        if (now === titles) continue;
        outdated = true;
        // A client need not ask of files that nobody sees: they are a reason once.
        this.#told.set(uri, { version, titles: now });
      }
      if (outdated) void this.#connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {});
    })();
  }
}

/** Within a version they stand where they stood. */
const titlesOf = (lenses: readonly Lens[]): string => lenses.map(({ title }) => title).join("\n");
