// What each alert would do now: those of the open rule file on the samples of the panel, and those that a Prometheus server holds.
import type { AlertStateFrame, SampleValue, ServerAlertFrame } from "../../messages.ts";
import { element, setText } from "../dom.ts";
import { ago, format, span } from "../format.ts";
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

type OwnAlert = AlertStateFrame & { readonly key: string };
type ServerAlert = ServerAlertFrame & { readonly source: string };

export class Alerts implements Tab {
  readonly name = "alerts";
  readonly title = "Alerts";
  readonly element: HTMLElement;
  readonly #parts: TabParts;
  readonly #empty = element("p", { class: "note" });
  readonly #own: RowTable<OwnAlert>;
  readonly #server: RowTable<ServerAlert>;

  constructor(parts: TabParts) {
    this.#parts = parts;
    this.#own = new RowTable(
      "Alerts of the open rule files, on what the panel has seen",
      ownColumns,
      ({ key }) => key,
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
      "No open file has an alert. Open a rule file beside the panel: each of its alerts is then shown here in the state that the samples seen so far put it in.",
    );
    this.#empty.hidden = ruleAlerts.length + held.length > 0;
    this.#own.element.hidden = ruleAlerts.length === 0;
    this.#own.update(numbered(ruleAlerts).sort((a, b) => urgency[b.state] - urgency[a.state]));
    this.#server.element.hidden = held.length === 0;
    this.#server.update([...held].sort((a, b) => urgency[b.state] - urgency[a.state]));
  }

  restyle(): void {
    // The tables take their colours from the style sheet.
  }
}

const ownColumns: readonly TableColumn<OwnAlert>[] = [
  { title: "Alert", prose: true, cell: (alert) => (cell) => drawTexts(cell, alert), order: ({ rule }) => rule },
  {
    title: "State",
    cell: ({ state }) => words[state],
    tone: ({ state }) => tones[state],
    order: ({ state }) => urgency[state],
  },
  { title: "Since", cell: (alert) => sinceText(alert, Date.now()) },
  { title: "Value", numeric: true, cell: ({ value }) => valueText(value) },
  { title: "Labels", prose: true, cell: ({ labels }) => labelText(labels) },
  { title: "Group", cell: ({ group, file }) => `${group} (${fileName(file)})`, order: ({ group }) => group },
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
  { title: "Labels", prose: true, cell: ({ labels }) => labelText(labels) },
  { title: "Summary", prose: true, cell: ({ annotations }) => annotations.summary ?? annotations.description ?? "" },
];

/** Two rules of one name are common, one for each severity, and without labels while they are inactive: their place tells them apart. */
function numbered(alerts: readonly AlertStateFrame[]): OwnAlert[] {
  const seen = new Map<string, number>();
  return alerts.map((alert) => {
    const name = `${alert.file}/${alert.group}/${alert.rule}/${labelText(alert.labels)}`;
    const place = seen.get(name) ?? 0;
    seen.set(name, place + 1);
    return { ...alert, key: `${name}/${place}` };
  });
}

/** `12 s ago, fires in 3 s`: how long the condition holds and what comes of it. */
function sinceText({ since, firesAt, keptUntil }: AlertStateFrame, now: number): string {
  if (since === null) return "–";
  const left = (at: number): string => span(Math.max(0, at - now));
  if (firesAt !== undefined) return `${ago(since, now)}, fires in ${left(firesAt)}`;
  return keptUntil === undefined ? ago(since, now) : `${ago(since, now)}, kept for ${left(keptUntil)}`;
}

/** The alert's name, below it what it would tell a person, and what is to be said of its evaluation. */
function drawTexts(cell: HTMLElement, { rule, annotations, reason }: AlertStateFrame): void {
  const texts = [rule, annotations.summary ?? annotations.description ?? "", reason ?? ""];
  if (cell.childElementCount === 0)
    cell.append(element("strong", {}), element("div", { class: "summary" }), element("div", { class: "muted" }));
  for (const [index, text] of texts.entries()) setText(cell.children[index] as HTMLElement, text);
}

function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
}

const serverKey = ({ source, name, labels }: ServerAlert): string => `${source}/${name}/${labelText(labels)}`;

const valueText = (value: SampleValue): string =>
  typeof value === "number" ? format(value, "number") : (value ?? "–");

const labelText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .filter(([label]) => label !== "alertname")
    .map(([label, value]) => `${label}=${value}`)
    .join(", ");
