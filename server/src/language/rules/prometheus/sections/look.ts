// What a check of one section is given: the section, what is in force around it, and a way to tell. Judges nothing.
import type { Scheme } from "../../../../catalog/prometheus/values.ts";
import type { Range } from "../../../../ranges.ts";
import { type Section, startPlace } from "./section.ts";
import { refusalOf, type Tell, type Topic } from "./told.ts";

/** What `global` says to the sections below it. Milliseconds. */
export type Globals = {
  readonly scheme: Scheme;
  readonly escaping: string;
  readonly interval: number;
  readonly timeout: number;
};

/** What other files say to a file of scrape jobs. */
export type Around = {
  readonly globals: Globals;
  /** Where a job of that name was read before, in Prometheus' words. */
  readonly jobs: ReadonlyMap<string, string>;
  /** The file itself, in Prometheus' words. */
  readonly path: string;
  /** Another text whenever any of this is another. */
  readonly key: string;
};

export type Look = {
  /** Of a scrape config file: what other files say to it. */
  readonly around?: Around | undefined;
  readonly section: Section;
  readonly globals: Globals;
  readonly tell: Tell;
};

export type SectionCheck = (look: Look) => void;

/** What Prometheus prints where it breaks down over a null in a list, and promtool with it. */
export const crash = "runtime error: invalid memory address or nil pointer dereference";

/** Something that must be there and is not, or is empty: at the value if something is written, else at the section. */
export function missing({ section, tell }: Look, words: string, advice: string, at?: Range): void {
  tell(refusalOf("missing", at ?? startPlace(section), words, advice));
}

export function refuse({ tell }: Look, topic: Topic, at: Range, words: string, advice: string): void {
  tell(refusalOf(topic, at, words, advice));
}
