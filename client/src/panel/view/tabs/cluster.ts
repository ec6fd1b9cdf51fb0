// Who is in the cluster, who leads it, and how raft and serf are as far as the agent's version says.
import type { ClusterFrame, MemberFrame, SeriesInfo } from "../../messages.ts";
import { Chart } from "../charts/chart.ts";
import { element, setText } from "../dom.ts";
import { send } from "../host.ts";
import { RowTable } from "../rowTable.ts";
import { drawnUnit, familyData } from "../seriesChart.ts";
import type { Badge, Span, Tab, TabParts } from "./tab.ts";

/** What tells most of each part's health, as far as it is exported. */
const health: readonly { readonly family: string; readonly rows: readonly string[] }[] = [
  { family: "leader", rows: ["leader.barrier", "leader.reconcile"] },
  { family: "raft", rows: ["raft.leader.lastContact", "raft.commitTime", "raft.apply", "raft.state.leader"] },
  { family: "serf", rows: ["serf.queue.Event", "serf.queue.Intent", "serf.member.flap", "serf.msgs.received"] },
  { family: "memberlist", rows: ["memberlist.health.score", "memberlist.gossip", "memberlist.probeNode"] },
];

const serfWords: readonly (readonly [key: string, word: string])[] = [
  ["health_score", "serf health (0 is best)"],
  ["failed", "failed members"],
  ["left", "members that left"],
  ["intent_queue", "intents waiting"],
  ["event_queue", "events waiting"],
  ["query_queue", "queries waiting"],
  ["encrypted", "gossip encrypted"],
];

/** The agent writes truths as words of programs. */
function said(value = "–"): string {
  if (value === "true") return "yes";
  return value === "false" ? "no" : value;
}

export class Cluster implements Tab {
  readonly name = "cluster";
  readonly title = "Cluster";
  readonly element: HTMLElement;
  readonly #parts: TabParts;
  readonly #leader = element("p", { class: "lead", "data-testid": "leader" });
  readonly #missing = element("p", { class: "muted" });
  readonly #serf = element("dl", { class: "figures small" });
  readonly #bears = element("p", { class: "bears" });
  readonly #members: RowTable<MemberFrame>;
  readonly #sentences = element("ul", { class: "sentences" });
  readonly #grid = element("div", { class: "grid" });
  readonly #charts = new Map<string, Chart>();

  constructor(parts: TabParts) {
    this.#parts = parts;
    this.#members = new RowTable<MemberFrame>(
      "Members",
      [
        { title: "Name", cell: ({ name }) => name, order: ({ name }) => name },
        { title: "Role", cell: ({ server, leader }) => (leader ? "server, leads" : server ? "server" : "worker") },
        {
          title: "Status",
          cell: ({ status }) => status,
          tone: ({ status }) => (status === "alive" ? "good" : status === "failed" ? "bad" : "warning"),
        },
        { title: "Version", cell: ({ version }) => version ?? "–" },
        { title: "Address", cell: ({ address, port }) => `${address}:${port}` },
        { title: "Region", wide: true, cell: ({ tags }) => tags.region ?? "–" },
      ],
      ({ name }) => name,
      parts.redraw,
    );
    this.#members.element.dataset.testid = "members-table";
    this.element = element(
      "div",
      {},
      this.#leader,
      this.#bears,
      this.#missing,
      element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Members" }, this.#members.element),
      this.#serf,
      element("h2", {}, "Raft, serf and gossip"),
      this.#sentences,
      this.#grid,
    );
  }

  watched(): readonly number[] {
    return health.flatMap(({ rows }) => rows.flatMap((row) => this.#series(row).map(({ id }) => id)));
  }

  badge(): Badge | undefined {
    const [cluster] = this.#parts.model.clusters.values();
    if (!cluster) return undefined;
    if (cluster.leader === null && cluster.leaderNote === null) return { text: "!", tone: "bad", said: "no leader" };
    const failed = cluster.members.filter(({ status }) => status === "failed").length;
    return failed === 0 ? undefined : { text: String(failed), tone: "bad", said: `${failed} failed` };
  }

  draw({ from, to }: Span): void {
    const [cluster] = this.#parts.model.clusters.values();
    setText(this.#leader, leaderText(cluster));
    const bears = endurance(cluster);
    setText(this.#bears, bears.text);
    this.#bears.dataset.tone = bears.tone;
    setText(this.#missing, cluster?.missing.join(" ") ?? "");
    this.#members.element.hidden = cluster === undefined;
    this.#members.update(cluster?.members ?? []);
    this.#drawSerf(cluster);
    this.#drawSentences();
    for (const { rows } of health) for (const row of rows) this.#drawChart(row, from, to);
  }

  restyle(): void {
    for (const chart of this.#charts.values()) chart.restyle();
  }

  #series(row: string): readonly SeriesInfo[] {
    return this.#parts.model.select(`cluster ${row}`, (info) => info.row === row);
  }

  #drawSerf(cluster: ClusterFrame | undefined): void {
    const known = serfWords.filter(([key]) => cluster?.serf[key] !== undefined);
    if (this.#serf.childElementCount !== known.length)
      this.#serf.replaceChildren(
        ...known.map(([, word]) => element("div", {}, element("dt", {}, word), element("dd", {}))),
      );
    for (const [index, [key]] of known.entries()) {
      const value = this.#serf.children[index]?.querySelector("dd");
      if (value) setText(value, said(cluster?.serf[key]));
    }
  }

  #drawSentences(): void {
    const texts = health.flatMap(({ family }) => this.#parts.model.families.get(family)?.sentence ?? []);
    if (texts.length === 0) texts.push("The agent has not said its version yet, so that nobody knows what it exports.");
    if (this.#sentences.childElementCount !== texts.length)
      this.#sentences.replaceChildren(...texts.map(() => element("li", {})));
    for (const [index, text] of texts.entries()) setText(this.#sentences.children[index] as HTMLElement, text);
  }

  #drawChart(row: string, from: number, to: number): void {
    const series = this.#series(row);
    const [first] = series;
    let chart = this.#charts.get(row);
    if (!first) {
      chart?.dispose();
      this.#charts.delete(row);
      return;
    }
    if (!chart) {
      const about = this.#parts.model.texts.get(row)?.meaning ?? first.help ?? "";
      if (about === "" || !this.#parts.model.texts.has(row)) send({ type: "texts", rows: [row] });
      chart = new Chart({
        id: `chart-${row}`,
        title: row,
        about,
        unit: drawnUnit(first),
        empty: "No sample in this time.",
      });
      this.#charts.set(row, chart);
      this.#grid.append(chart.element);
    }
    chart.draw(
      familyData(this.#parts.model, series),
      from,
      to,
      this.#parts.model.texts.get(row)?.meaning ?? first.help ?? "",
    );
  }
}

/** How many servers the cluster can lose before it schedules nothing: raft wants more than half of them. */
function endurance(cluster: ClusterFrame | undefined): { readonly text: string; readonly tone: string } {
  const servers = cluster?.members.filter(({ server, status }) => server && status !== "left") ?? [];
  if (servers.length === 0) return { text: "", tone: "plain" };
  if (servers.length === 1)
    return { text: "It is the only server: while it is down nothing is scheduled.", tone: "plain" };
  const alive = servers.filter(({ status }) => status === "alive").length;
  const quorum = Math.floor(servers.length / 2) + 1;
  const standing = `${alive} of ${servers.length} servers are alive`;
  if (alive < quorum)
    return { text: `${standing}, fewer than the ${quorum} of a quorum: nothing is scheduled.`, tone: "bad" };
  if (alive === quorum) return { text: `${standing}: if one more fails, nothing is scheduled.`, tone: "warning" };
  return { text: `${standing}: the cluster bears the loss of ${alive - quorum}.`, tone: "plain" };
}

function leaderText(cluster: ClusterFrame | undefined): string {
  if (!cluster) return "The HTTP API has not answered yet: the Connection tab says why.";
  const { leader, leaderNote, health: state, agent } = cluster;
  const leads = leaderNote ?? (leader === null ? "No server leads." : `${leader} leads the cluster.`);
  const issues =
    state && !state.healthy
      ? ` ${agent?.name ?? "The agent"} calls itself unhealthy: ${state.issues.join(", ") || "it does not say why"}.`
      : "";
  return `${leads}${issues}`;
}
