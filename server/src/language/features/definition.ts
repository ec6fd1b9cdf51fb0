// Where the name under the cursor is defined: a recording rule, an alert, a scrape job of the workspace.
import type { Place } from "../answers.ts";
import type { Document } from "../document.ts";
import { nameAt, placesOf } from "../names.ts";
import type { Workspace } from "../workspace.ts";

export function definition({ uri }: Document, offset: number, workspace: Workspace): readonly Place[] {
  const name = nameAt(workspace, uri, offset);
  return name ? placesOf(workspace, name).filter(({ defines }) => defines) : [];
}
