// What each alert would do now: those of the open rule files on the samples of the panel, and those that a Prometheus server holds.
import type { AlertStateFrame, SampleValue, ServerAlertFrame } from "../../messages.ts";
import { element, setText } from "../dom.ts";
import { ago, format } from "../format.ts";
import { RowTable, type TableColumn } from "../rowTable.ts";
import { AlertItem } from "./alertItem.ts";
import { countStates, labelText, numbered, quietKey, stateTones, stateWords, urgency } from "./alertTexts.ts";
import type { Badge, Span, Tab, TabParts } from "./tab.ts";

type ServerAlert = ServerAlertFrame & { readonly source: string };

/** More alerts than this are not looked at: the urgent ones come first. */
const mostItems = 200;

export class Alerts implements Tab {
  readonly name = "alerts";
  readonly title = "Alerts";
  readonly element: HTMLElement;
  readonly #parts: TabParts;
  readonly #empty = element("p", { class: "note" });
  readonly #lead = element("p", { class: "lead", role: "status", "data-testid": "alerts-lead" });
  readonly #own = element("ul", {
    class: "alerts",
    "data-testid": "alerts-list",
    "aria-label": "Alerts of the open rule files, on what the panel has seen",
  });
  readonly #items = new Map<string, AlertItem>();
  readonly #server: RowTable<ServerAlert>;
  readonly #held: HTMLElement;

  constructor(parts: TabParts) {
    this.#parts = parts;
    this.#server = new RowTable("Alerts that the Prometheus server holds", serverColumns, serverKey, parts.redraw);
    this.#held = element(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Alerts of the Prometheus server" },
      this.#server.element,
    );
    this.element = element("div", {}, this.#empty, this.#lead, this.#own, this.#held);
  }

  watched(): readonly number[] {
    return [];
  }

  badge(): Badge | undefined {
    const { ruleAlerts, alerts } = this.#parts.model;
    const { firing, pending } = countStates([...ruleAlerts, ...[...alerts.values()].flat()]);
    if (firing > 0) return { text: String(firing), tone: "bad", said: `${firing} firing` };
    return pending > 0 ? { text: String(pending), tone: "warning", said: `${pending} pending` } : undefined;
  }

  draw(shown: Span): void {
    const { ruleAlerts, alerts } = this.#parts.model;
    const held = [...alerts].flatMap(([source, list]) => list.map((alert) => ({ ...alert, source })));
    setText(
      this.#empty,
      "No open file has an alert. Open a rule file beside the panel: each of its alerts is then shown here in the state that the samples seen so far put it in.",
    );
    this.#empty.hidden = ruleAlerts.length + held.length > 0;
    this.#lead.hidden = ruleAlerts.length === 0;
    setText(this.#lead, leadText(ruleAlerts));
    this.#drawOwn(shown);
    this.#held.hidden = held.length === 0;
    this.#server.update([...held].sort((a, b) => urgency[b.state] - urgency[a.state]));
  }

  restyle(): void {
    // All of it takes its colours from the style sheet.
  }

  #drawOwn(shown: Span): void {
    const { ruleAlerts, alertHistory } = this.#parts.model;
    const wanted = numbered(ruleAlerts)
      .sort((a, b) => urgency[b.state] - urgency[a.state])
      .slice(0, mostItems);
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, item] of this.#items)
      if (!keys.has(key)) {
        item.element.remove();
        this.#items.delete(key);
      }
    const now = Date.now();
    for (const [place, alert] of wanted.entries()) {
      const item = this.#items.get(alert.key) ?? new AlertItem();
      this.#items.set(alert.key, item);
      if (this.#own.children[place] !== item.element)
        this.#own.insertBefore(item.element, this.#own.children[place] ?? null);
      const keys = new Set([quietKey(alert), alert.key]);
      const states = [...keys].flatMap((key) => alertHistory.stretches(key, shown.from, shown.to));
      item.draw(alert, states, shown, now);
    }
    this.#own.hidden = wanted.length === 0;
  }
}

/** `1 firing, 2 inactive.` */
function leadText(alerts: readonly AlertStateFrame[]): string {
  const { firing, pending, inactive, unknown } = countStates(alerts);
  const counts = [
    firing > 0 && `${firing} firing`,
    pending > 0 && `${pending} pending`,
    firing + pending === 0 && "Nothing fires",
    inactive > 0 && `${inactive} inactive`,
    unknown > 0 && `${unknown} not known yet`,
  ];
  return `${counts.filter(Boolean).join(", ")}.`;
}

const serverColumns: readonly TableColumn<ServerAlert>[] = [
  { title: "Alert", cell: ({ name }) => name, order: ({ name }) => name },
  {
    title: "State",
    cell: ({ state }) => stateWords[state],
    tone: ({ state }) => stateTones[state],
    order: ({ state }) => urgency[state],
  },
  { title: "Since", cell: ({ activeAt }) => (activeAt === null ? "–" : ago(activeAt, Date.now())) },
  { title: "Value", numeric: true, cell: ({ value }) => valueText(value) },
  { title: "Labels", prose: true, cell: ({ labels }) => labelText(labels) },
  { title: "Summary", prose: true, cell: ({ annotations }) => annotations.summary ?? annotations.description ?? "" },
];

const serverKey = ({ source, name, labels }: ServerAlert): string => `${source}/${name}/${labelText(labels)}`;

const valueText = (value: SampleValue): string =>
  typeof value === "number" ? format(value, "number") : (value ?? "–");
