// What each alert would do now: those of the open rule file on the samples of the panel, and those that a Prometheus server holds.
import type { AlertStateFrame, SampleValue, ServerAlertFrame } from "../../messages.ts";
import { element, setText } from "../dom.ts";
import { ago, format } from "../format.ts";
import { RowTable, type TableColumn } from "../rowTable.ts";
import type { Tab, TabParts } from "./tab.ts";

type State = AlertStateFrame["state"];

const words: Record<State, string> = {
  firing: "● firing",
  pending: "◐ pending",
  inactive: "○ inactive",
  unknown: "? unknown",
};
const tones: Record<State, string> = { firing: "bad", pending: "warning", inactive: "good", unknown: "muted" };
const urgency: Record<State, number> = { firing: 3, pending: 2, unknown: 1, inactive: 0 };

type ServerAlert = ServerAlertFrame & { readonly source: string };

export class Alerts implements Tab {
  readonly name = "alerts";
  readonly title = "Alerts";
  readonly element: HTMLElement;
  readonly #parts: TabParts;
  readonly #empty = element("p", { class: "note" });
  readonly #own: RowTable<AlertStateFrame>;
  readonly #server: RowTable<ServerAlert>;

  constructor(parts: TabParts) {
    this.#parts = parts;
    this.#own = new RowTable(
      "Alerts of the open rule file, on what the panel has seen",
      ownColumns,
      keyOf,
      parts.redraw,
    );
    this.#own.element.dataset.testid = "alerts-table";
    this.#server = new RowTable("Alerts that the Prometheus server holds", serverColumns, serverKey, parts.redraw);
    this.element = element(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Alerts" },
      this.#empty,
      this.#own.element,
      this.#server.element,
    );
  }

  watched(): readonly number[] {
    return [];
  }

  draw(): void {
    const { ruleAlerts, alerts } = this.#parts.model;
    const held = [...alerts].flatMap(([source, list]) => list.map((alert) => ({ ...alert, source })));
    setText(
      this.#empty,
      "No alert is evaluated. Open a rule file beside the panel: each of its alerts is then shown here as it would be with what the panel has seen.",
    );
    this.#empty.hidden = ruleAlerts.length + held.length > 0;
    this.#own.element.hidden = ruleAlerts.length === 0;
    this.#own.update([...ruleAlerts].sort((a, b) => urgency[b.state] - urgency[a.state]));
    this.#server.element.hidden = held.length === 0;
    this.#server.update([...held].sort((a, b) => urgency[b.state] - urgency[a.state]));
  }

  restyle(): void {
    // The tables take their colours from the style sheet.
  }
}

const ownColumns: readonly TableColumn<AlertStateFrame>[] = [
  { title: "Alert", cell: ({ rule }) => rule, order: ({ rule }) => rule },
  {
    title: "State",
    cell: ({ state }) => words[state],
    tone: ({ state }) => tones[state],
    order: ({ state }) => urgency[state],
  },
  { title: "Since", cell: ({ since }) => (since === null ? "–" : ago(since, Date.now())) },
  { title: "Value", numeric: true, cell: ({ value }) => valueText(value) },
  { title: "Labels", cell: ({ labels }) => labelText(labels) },
  { title: "Group", cell: ({ group }) => group, order: ({ group }) => group },
  { title: "Note", cell: ({ reason }) => reason ?? "" },
];

const serverColumns: readonly TableColumn<ServerAlert>[] = [
  { title: "Alert", cell: ({ name }) => name, order: ({ name }) => name },
  {
    title: "State",
    cell: ({ state }) => words[state],
    tone: ({ state }) => tones[state],
    order: ({ state }) => urgency[state],
  },
  { title: "Since", cell: ({ activeAt }) => (activeAt === null ? "–" : ago(activeAt, Date.now())) },
  { title: "Value", numeric: true, cell: ({ value }) => valueText(value) },
  { title: "Labels", cell: ({ labels }) => labelText(labels) },
  { title: "Summary", cell: ({ annotations }) => annotations.summary ?? annotations.description ?? "" },
];

const keyOf = ({ group, rule, labels }: AlertStateFrame): string => `${group}/${rule}/${labelText(labels)}`;
const serverKey = ({ source, name, labels }: ServerAlert): string => `${source}/${name}/${labelText(labels)}`;

const valueText = (value: SampleValue): string =>
  typeof value === "number" ? format(value, "number") : (value ?? "–");

const labelText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .filter(([label]) => label !== "alertname")
    .map(([label, value]) => `${label}=${value}`)
    .join(", ");
