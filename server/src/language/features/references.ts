// Every place of the workspace that uses the name under the cursor; in one file also as a highlight.

import type { Range } from "../../ranges.ts";
import type { Place } from "../answers.ts";
import type { Document } from "../document.ts";
import { nameAt, placesOf } from "../names.ts";
import type { Workspace } from "../workspace.ts";

/** `definitions`: the places that define it are wanted, too. */
export function references(
  { uri }: Document,
  offset: number,
  workspace: Workspace,
  definitions: boolean,
): readonly Place[] {
  const name = nameAt(workspace, uri, offset);
  return name ? placesOf(workspace, name).filter(({ defines }) => definitions || !defines) : [];
}

/** Places of the name in the file itself. */
export function highlights(document: Document, offset: number, workspace: Workspace): readonly Range[] {
  const places = references(document, offset, workspace, true);
  return places.filter(({ uri }) => uri === document.uri).map(({ range }) => range);
}
