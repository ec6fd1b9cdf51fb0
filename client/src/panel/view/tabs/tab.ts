// What every tab of the panel is to the frame around it, and what it is given.
import type { TabName } from "../../messages.ts";
import type { Executions } from "../executions.ts";
import type { Model } from "../model.ts";
import type { Pins } from "../pins.ts";

/** Ends of the time axis, in seconds. */
export type Span = { readonly from: number; readonly to: number };

/** What a tab shows beside its name while another is open: what a person should look at. `said`: for those who listen. */
export type Badge = { readonly text: string; readonly tone: "bad" | "warning"; readonly said: string };

export type Tab = {
  readonly name: TabName;
  readonly title: string;
  readonly element: HTMLElement;
  /** Ids of the series whose samples it draws. */
  watched(): readonly number[];
  /** Called once a second, and whenever something came, while the tab is shown. */
  draw(span: Span): void;
  /** Undefined where nothing is the matter. */
  badge?(): Badge | undefined;
  /** The editor's colours have changed. */
  restyle(): void;
};

export type TabParts = {
  readonly model: Model;
  readonly executions: Executions;
  readonly pins: Pins;
  /** What `watched` answers has changed. */
  readonly rewatch: () => void;
  readonly redraw: () => void;
};
