// Joins the link to agents with the client's requests: one link for all views, made when the first attaches and ended
// with the last. Knows no source and no view.
import type { Connection } from "vscode-languageserver";
import type { LinkSettings } from "../live/frames.ts";
import type { Link } from "../live/link.ts";
import type { Subscription } from "../live/view.ts";
import {
  askCredentials,
  attachView,
  detachView,
  liveFrame,
  readExecutions,
  readHistory,
  readLast,
  retrySources,
  startRecording,
  stopRecording,
  watchSeries,
  workspaceTrusted,
} from "../protocol.ts";
import { LiveAlerts } from "./liveAlerts.ts";
import type { Session } from "./session.ts";
import type { WorkspaceIndex } from "./workspaceIndex.ts";

export class LiveViews {
  /** False until the client says so: nothing is sent anywhere for a workspace that is not trusted. */
  trusted = false;
  readonly #connection: Connection;
  readonly #session: Session;
  readonly #index: WorkspaceIndex;
  readonly #alerts: LiveAlerts;
  readonly #views = new Map<string, Subscription>();
  #settings: LinkSettings | undefined;
  #link: Link | undefined;

  constructor(connection: Connection, session: Session, index: WorkspaceIndex) {
    this.#connection = connection;
    this.#session = session;
    this.#index = index;
    this.#alerts = new LiveAlerts(session);
  }

  /** The link while a view is attached. */
  get link(): Link | undefined {
    return this.#link;
  }

  serve(): void {
    const connection = this.#connection;
    const done = null;
    connection.onRequest(attachView, async ({ view, settings }) => {
      void this.#index.whenRead();
      await this.#connect(settings);
      this.#subscribe(view);
      return done;
    });
    connection.onRequest(detachView, async ({ view }) => {
      this.#views.get(view)?.dispose();
      this.#views.delete(view);
      if (this.#views.size === 0) await this.close();
      return done;
    });
    connection.onRequest(watchSeries, ({ view, ids, visible }) => {
      this.#views.get(view)?.setVisible(visible);
      this.#views.get(view)?.watch(ids);
      return done;
    });
    connection.onRequest(readHistory, (request) => this.#link?.history(request) ?? { blocks: [], events: [] });
    connection.onRequest(readLast, ({ ids }) => this.#link?.last(ids) ?? { ids: [], values: [], at: [] });
    connection.onRequest(readExecutions, ({ source, job }) =>
      this.#link
        ? this.#link.executions(source, job)
        : { reason: "Nothing is connected.", advice: "Open the live panel." },
    );
    connection.onRequest(retrySources, () => {
      this.#link?.retry();
      return done;
    });
    connection.onRequest(startRecording, async ({ folder }) => {
      if (!this.#link) throw new Error("Nothing is connected: open the live panel first.");
      await this.#link.record(folder);
      return done;
    });
    connection.onRequest(stopRecording, async () => (await this.#link?.stopRecording()) ?? null);
    connection.onNotification(workspaceTrusted, ({ trusted }) => {
      this.trusted = trusted;
      if (this.#settings) void this.#replace(this.#settings);
    });
  }

  async close(): Promise<void> {
    const link = this.#link;
    this.#link = undefined;
    this.#settings = undefined;
    this.#session.connectedVersion = undefined;
    this.#alerts.stop();
    await link?.close();
  }

  async #connect(settings: LinkSettings): Promise<void> {
    if (this.#link && JSON.stringify(settings) === JSON.stringify(this.#settings)) return;
    await this.#replace(settings);
  }

  /** A new link in the old one's place; the views go on with it. */
  async #replace(settings: LinkSettings): Promise<void> {
    await this.#link?.close();
    // Loaded when used: most sessions never look at an agent.
    const { Link } = await import("../live/link.ts");
    this.#settings = settings;
    this.#link = new Link({
      settings,
      trusted: this.trusted,
      // A client that keeps none need not know the question.
      credentials: async (origin) =>
        (await this.#connection.sendRequest(askCredentials, { origin }).catch(() => null)) ?? undefined,
    });
    for (const view of [...this.#views.keys()]) this.#subscribe(view);
    await this.#alerts.follow(this.#link, settings.history);
  }

  #subscribe(view: string): void {
    this.#views.get(view)?.dispose();
    const subscription = this.#link?.subscribe((frame) => {
      for (const { version } of frame.sources ?? [])
        if (version !== undefined) this.#session.connectedVersion = version;
      void this.#connection.sendNotification(liveFrame, { view, frame });
    });
    if (subscription) this.#views.set(view, subscription);
  }
}
