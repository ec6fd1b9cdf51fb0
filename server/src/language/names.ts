// Names that link places of a workspace: recording rules, alerts, scrape jobs. Finds which one stands at an offset, where
// it is defined and where it is used. Knows no protocol.
import { type Range, touches } from "../ranges.ts";
import type { Place } from "./answers.ts";
import type { Use, Workspace } from "./workspace.ts";

/** `of`: what the name is of; names of different kinds never meet. */
export type Name = { readonly of: Use["of"]; readonly name: string; readonly range: Range };

type Sighting = Name & { readonly uri: string; readonly defines: boolean };

function* sightings({ files }: Workspace): Generator<Sighting> {
  for (const { uri, recordings, alerts, scrapeJobs, uses } of files) {
    for (const { name, range } of recordings()) yield { of: "metric", name, range, uri, defines: true };
    for (const { name, range } of alerts()) yield { of: "alert", name, range, uri, defines: true };
    for (const { name, range } of scrapeJobs) yield { of: "job", name, range, uri, defines: true };
    for (const { of, name, range } of uses()) yield { of, name, range, uri, defines: false };
  }
}

/** The name at an offset of a file; metrics that no rule of the workspace makes are none. */
export function nameAt(workspace: Workspace, uri: string, offset: number): Name | undefined {
  for (const sighting of sightings(workspace)) {
    if (sighting.uri !== uri || !touches(sighting.range, offset)) continue;
    if (sighting.of === "metric" && !workspace.recordings.has(sighting.name)) continue;
    return sighting;
  }
  return undefined;
}

/** Every place of the name, definitions and uses, by file in the order of the text. */
export function placesOf(workspace: Workspace, { of, name }: Name): readonly (Place & { readonly defines: boolean })[] {
  const found: (Place & { defines: boolean })[] = [];
  for (const sighting of sightings(workspace))
    if (sighting.of === of && sighting.name === name)
      found.push({ uri: sighting.uri, range: sighting.range, defines: sighting.defines });
  return found.sort((a, b) => (a.uri === b.uri ? a.range.start - b.range.start : 0));
}
