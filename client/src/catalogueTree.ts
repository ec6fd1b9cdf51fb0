// The metric catalogue as a tree: by family, searched, marked for the agent's version; inserts and copies names.
import * as vscode from "vscode";
import type { Sink } from "../../server/src/catalog/types.ts";
import type { Entry, RowEntry } from "./catalogue.ts";

const viewId = "dkronMetrics.catalogue";

/** The data and what is said of it: some size, and read only when somebody looks. */
type Catalogue = typeof import("./catalogue.ts");

/** The view and its commands. Dispose takes both away. */
export class CatalogueTree implements vscode.TreeDataProvider<Entry>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<Entry>;
  readonly #parts: vscode.Disposable;
  readonly #load: () => Promise<Catalogue>;
  #filter = "";

  constructor(load: () => Promise<Catalogue>) {
    this.#load = load;
    this.#view = vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
    this.#parts = vscode.Disposable.from(
      this.#view,
      this.#changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("dkronMetrics.agentVersion")) this.#refresh();
      }),
      ...this.#commands(),
    );
  }

  async getChildren(entry?: Entry): Promise<Entry[]> {
    if (entry) return entry.kind === "family" ? [...entry.rows] : [];
    const { entries, versionOf } = await this.#load();
    const version = versionOf(versionSetting());
    const found = entries(version, this.#filter);
    this.#view.description = `Dkron ${version}${this.#filter === "" ? "" : ` · ${this.#filter}`}`;
    this.#view.message = found.length === 0 ? "No metric fits the search." : "";
    return [...found];
  }

  async getTreeItem(entry: Entry): Promise<vscode.TreeItem> {
    const catalogue = await this.#load();
    const version = catalogue.versionOf(versionSetting());
    return entry.kind === "row" ? rowItem(entry, version, catalogue) : familyItem(entry, version, this.#filter !== "");
  }

  dispose(): void {
    this.#parts.dispose();
  }

  #refresh(): void {
    void vscode.commands.executeCommand("setContext", "dkronMetrics.catalogueFiltered", this.#filter !== "");
    this.#changed.fire();
  }

  #commands(): vscode.Disposable[] {
    const copy = (sink: Sink) => async (entry: RowEntry) => copyName(entry, sink, await this.#load());
    const commands: Record<string, (entry: RowEntry) => unknown> = {
      browseCatalogue: () => vscode.commands.executeCommand(`${viewId}.focus`),
      searchCatalogue: () => this.#search(),
      clearCatalogueSearch: () => this.#searchFor(""),
      insertMetric: async (entry) => insert(entry, await this.#load()),
      copyPromql: copy("prometheus"),
      copyStatsd: copy("statsd"),
      copyDogstatsd: copy("dogstatsd"),
    };
    return Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`dkronMetrics.${name}`, run));
  }

  async #search(): Promise<void> {
    const typed = await vscode.window.showInputBox({
      title: "Search the metric catalogue",
      prompt: "Words of a metric's name or meaning",
      value: this.#filter,
    });
    if (typed === undefined) return;
    this.#searchFor(typed.trim());
    await vscode.commands.executeCommand(`${viewId}.focus`);
  }

  #searchFor(filter: string): void {
    this.#filter = filter;
    this.#refresh();
  }
}

const versionSetting = (): string => vscode.workspace.getConfiguration("dkronMetrics").get("agentVersion", "latest");

function familyItem(
  { family, rows }: Extract<Entry, { kind: "family" }>,
  version: string,
  open: boolean,
): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(family.title, open ? Expanded : Collapsed);
  const exported = rows.filter((row) => row.exported).length;
  item.id = `family ${family.family}${open ? " found" : ""}`;
  item.description = `${exported} of ${rows.length}`;
  item.tooltip = new vscode.MarkdownString(
    `${family.about}\n\n${exported} of ${rows.length} are exported by Dkron ${version}.`,
  );
  return item;
}

function rowItem(entry: RowEntry, version: string, { details, subtitle, title }: Catalogue): vscode.TreeItem {
  const { row, exported } = entry;
  const item = new vscode.TreeItem(title(row));
  item.id = `row ${row.id}`;
  item.description = subtitle(entry, version);
  item.tooltip = new vscode.MarkdownString(details(entry, version));
  item.iconPath = new vscode.ThemeIcon(exported ? "check" : "circle-slash");
  item.contextValue = `metric ${row.sinks.join(" ")}`;
  const state = exported ? "exported" : "not exported";
  item.accessibilityInformation = { label: `${title(row)}, ${subtitle(entry, version)}, ${state}` };
  return item;
}

async function copyName({ row }: RowEntry, sink: Sink, { writtenFor }: Catalogue): Promise<void> {
  const written = writtenFor(row, sink);
  if (written === undefined) return;
  await vscode.env.clipboard.writeText(written);
  vscode.window.setStatusBarMessage(`Copied ${written}`, 3000);
}

/** Puts the metric at the cursor of the editor that was active last. */
async function insert({ row }: RowEntry, { title, writtenFor }: Catalogue): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const written = writtenFor(row, "prometheus") ?? title(row);
  if (!editor) {
    void vscode.window.showInformationMessage(`Open a file to put \`${written}\` into.`);
    return;
  }
  await editor.insertSnippet(new vscode.SnippetString().appendText(written));
  await vscode.window.showTextDocument(editor.document, editor.viewColumn);
}
