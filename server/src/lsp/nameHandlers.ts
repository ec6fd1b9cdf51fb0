// The requests about names that link the files of a workspace: definitions, references, renaming, search.
import { type Connection, type Location, ResponseError, type WorkspaceEdit } from "vscode-languageserver";
import type { Place } from "../language/answers.ts";
import { languageService as service } from "../language/languageService.ts";
import { type answersIn, offsetIn, type Position } from "./answering.ts";
import { toRange } from "./convert.ts";
import { rangeIn, symbolKinds, toLocation } from "./convertPlaces.ts";
import { guarded } from "./guarded.ts";
import type { Session } from "./session.ts";
import type { WorkspaceIndex } from "./workspaceIndex.ts";

/** The protocol's code for a request that cannot be done as asked. */
const invalidParams = -32602;

export function handleNames(
  connection: Connection,
  session: Session,
  index: WorkspaceIndex,
  at: ReturnType<typeof answersIn>["at"],
): void {
  const located = (places: readonly Place[]): Location[] =>
    places.flatMap((place) => {
      const lineStarts = session.lineStartsOf(place.uri);
      return lineStarts ? [toLocation(place, lineStarts)] : [];
    });
  connection.onDefinition(
    at("definition", (document, offset) => located(service.definition(document, offset, session.workspace))),
  );
  connection.onReferences(
    at("references", (document, offset, params) =>
      located(service.references(document, offset, session.workspace, params.context.includeDeclaration)),
    ),
  );
  connection.onDocumentHighlight(
    at("documentHighlight", (document, offset) =>
      service.highlights(document, offset, session.workspace).map((range) => ({ range: toRange(document, range) })),
    ),
  );
  connection.onPrepareRename(
    at("prepareRename", (document, offset) => {
      const range = service.renameable(document, offset, session.workspace);
      return range ? toRange(document, range) : null;
    }),
  );
  connection.onRenameRequest(({ textDocument, position, newName }) => rename(textDocument.uri, position, newName));
  connection.onWorkspaceSymbol(
    guarded(connection.console, "workspace/symbol", [], async ({ query }: { query: string }) => {
      await index.whenRead();
      return service
        .workspaceSymbols(query, session.workspace)
        .flatMap((symbol) =>
          located([symbol]).map((location) => ({ name: symbol.name, kind: symbolKinds[symbol.kind], location })),
        );
    }),
  );

  function rename(uri: string, position: Position, to: string): WorkspaceEdit | ResponseError | null {
    const document = session.documents.get(uri);
    if (!document) return null;
    const textOf = (other: string): string | undefined => session.documents.get(other)?.text;
    const answer = service.rename(document, offsetIn(document, position), to, session.workspace, textOf);
    if ("refused" in answer) return new ResponseError(invalidParams, answer.refused);
    const changes: NonNullable<WorkspaceEdit["changes"]> = {};
    for (const file of answer) {
      const lineStarts = session.lineStartsOf(file.uri);
      if (lineStarts)
        changes[file.uri] = file.edits.map((edit) => ({ range: rangeIn(edit.range, lineStarts), newText: edit.text }));
    }
    return { changes };
  }
}
