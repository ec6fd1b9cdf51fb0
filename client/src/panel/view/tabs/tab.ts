// What every tab of the panel is to the frame around it, and what it is given.
import type { TabName } from "../../messages.ts";
import type { Executions } from "../executions.ts";
import type { Model } from "../model.ts";
import type { Pins } from "../pins.ts";

/** Ends of the time axis, in seconds. */
export type Span = { readonly from: number; readonly to: number };

export type Tab = {
  readonly name: TabName;
  readonly title: string;
  readonly element: HTMLElement;
  /** Ids of the series whose samples it draws. */
  watched(): readonly number[];
  /** Called once a second, and whenever something came, while the tab is shown. */
  draw(span: Span): void;
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
