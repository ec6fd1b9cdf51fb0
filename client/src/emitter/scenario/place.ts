// The line of a place in a YAML text. It must not know what the text is about.
import { EVENT_ID, type Event, getScalarValue, parseEvents } from "js-yaml";

type Path = readonly (string | number)[];

/** Where the walk is: in a list, the position to come; in a mapping, the key whose value comes, if it was read. */
type Level = { kind: "document" | "list" | "mapping"; index: number; key: string | undefined };

/**
 * The line, from 1, of the value at the path: that of its key where it has one, of the deepest part of the path that is
 * there otherwise. The text must be one that `load` takes.
 */
export function lineOf(text: string, path: Path): number {
  if (path.length === 0) return 1;
  const levels: Level[] = [];
  const here = (): Path =>
    levels.flatMap(({ kind, index, key }): Path => {
      if (kind === "list") return [index];
      return key === undefined ? [] : [key];
    });
  let best = { depth: 0, offset: 0 };
  const visit = (place: Path, offset: number): void => {
    const reached = place.length <= path.length && place.every((part, index) => part === path[index]);
    if (reached && place.length > best.depth) best = { depth: place.length, offset };
  };
  for (const event of parseEvents(text, {})) {
    const level = levels.at(-1);
    if (event.type === EVENT_ID.POP) {
      levels.pop();
      passed(levels.at(-1));
    } else if (event.type === EVENT_ID.DOCUMENT) {
      levels.push({ kind: "document", index: 0, key: undefined });
    } else if (event.type === EVENT_ID.SCALAR && level?.kind === "mapping" && level.key === undefined) {
      level.key = getScalarValue(text, event);
      visit(here(), event.valueStart);
    } else {
      visit(here(), startOf(event));
      if (event.type === EVENT_ID.SEQUENCE) levels.push({ kind: "list", index: 0, key: undefined });
      else if (event.type === EVENT_ID.MAPPING) levels.push({ kind: "mapping", index: 0, key: undefined });
      else passed(level);
    }
  }
  return text.slice(0, best.offset).split("\n").length;
}

/** A value of the level is over. */
function passed(level: Level | undefined): void {
  if (level === undefined) return;
  level.index++;
  level.key = undefined;
}

function startOf(event: Exclude<Event, { type: typeof EVENT_ID.POP | typeof EVENT_ID.DOCUMENT }>): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  return event.type === EVENT_ID.ALIAS ? event.anchorStart : event.start;
}
