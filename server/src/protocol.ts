// Names and types of our own requests between client and server: the client's only door to the server. Holds no logic.
import { NotificationType, RequestType } from "vscode-languageserver-protocol";
import type { ExecutionFrame, Frame, History, HistoryRequest, LastValues, LinkSettings } from "./live/frames.ts";

/** A view of live metrics, by a name that the client chose. */
export type View = { readonly view: string };

/** Connects (all views share one link; new settings replace the old) and begins to send frames to the view. */
export const attachView = new RequestType<View & { readonly settings: LinkSettings }, null, void>(
  "dkronMetrics/live/attach",
);

/** Ends a view; the link ends with the last one. */
export const detachView = new RequestType<View, null, void>("dkronMetrics/live/detach");

/** Series whose samples the view wants in its frames; replaces the choice before. Nothing is sent to a hidden view. */
export const watchSeries = new RequestType<
  View & { readonly ids: readonly number[]; readonly visible: boolean },
  null,
  void
>("dkronMetrics/live/watch");

export const readHistory = new RequestType<HistoryRequest, History, void>("dkronMetrics/live/history");

/** The newest sample of the series, of all if `ids` is absent. */
export const readLast = new RequestType<{ readonly ids?: readonly number[] }, LastValues, void>(
  "dkronMetrics/live/last",
);

/** The executions of a job that the agent keeps, or why they can't be read; `source` is that of a cluster frame. */
export const readExecutions = new RequestType<
  { readonly source: string; readonly job: string },
  readonly ExecutionFrame[] | { readonly reason: string; readonly advice: string },
  void
>("dkronMetrics/live/executions");

/** Try all sources again now, whatever their next try. */
export const retrySources = new RequestType<void, null, void>("dkronMetrics/live/retry");

/** One tick for one view. */
export const liveFrame = new NotificationType<View & { readonly frame: Frame }>("dkronMetrics/live/frame");

/** The workspace is trusted now (or was from the start): connections to agents are allowed. */
export const workspaceTrusted = new NotificationType<{ readonly trusted: boolean }>("dkronMetrics/trusted");

export type Credentials =
  | { readonly scheme: "basic"; readonly user: string; readonly password: string }
  | { readonly scheme: "bearer"; readonly token: string };

/** Server to client: credentials for an origin, from the editor's secret storage; null: none are kept. */
export const askCredentials = new RequestType<{ readonly origin: string }, Credentials | null, void>(
  "dkronMetrics/credentials",
);

export type DashboardName = "grafana" | "graphite" | "datadog" | "rules";

/** The text of a dashboard, or of an alert-rule file, for the version that files are checked against. */
export const makeDashboard = new RequestType<
  { readonly name: DashboardName },
  { readonly version: string; readonly text: string },
  void
>("dkronMetrics/dashboard");

/** Keeps from now on what the link hears in a folder (a path); a view must be attached. Fails with a reason. */
export const startRecording = new RequestType<{ readonly folder: string }, null, void>("dkronMetrics/record/start");

/** Ends the recording and says what is in the folder; null: there was none. */
export const stopRecording = new RequestType<
  void,
  { readonly folder: string; readonly bodies: number; readonly answers: number; readonly packets: number } | null,
  void
>("dkronMetrics/record/stop");
