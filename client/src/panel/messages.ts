// What the two halves of the panel say to each other. Plain data; the view's only knowledge of the world outside.
import type { ExecutionFrame, Frame, History, HistoryRequest, LastValues } from "../../../server/src/live/frames.ts";

export type {
  AlertStateFrame,
  ClusterFrame,
  ExecutionFrame,
  Frame,
  History,
  HistoryBlock,
  HistoryRequest,
  JobFrame,
  LastValues,
  LiveEvent,
  MemberFrame,
  Notice,
  SampleColumn,
  SampleValue,
  SeriesInfo,
  ServerAlertFrame,
  SourceFrame,
  SourceState,
  StoreFrame,
} from "../../../server/src/live/frames.ts";
export { groupKey } from "../../../server/src/live/frames.ts";

/** What the catalogue says of one of its rows, for the view to show. */
export type MetricText = {
  readonly row: string;
  readonly title: string;
  readonly meaning: string;
  readonly unit: string;
};

/** Whether the agent's version exports a family of metrics; `sentence` says so for people. */
export type FamilyText = {
  readonly family: string;
  readonly title: string;
  readonly exported: number;
  readonly rows: number;
  readonly sentence: string;
};

/** The emitter in this editor, if it runs. */
export type EmitterState = {
  readonly running: boolean;
  /** A recorded session plays in its place: it takes no scenario. */
  readonly replays?: boolean;
  readonly address: string | undefined;
  readonly scenario: string | undefined;
  readonly scenarios: readonly { readonly name: string; readonly about: string }[];
};

export type TabName = "overview" | "metrics" | "jobs" | "cluster" | "alerts" | "connection";

/** Small things that a view wants to find again after it was closed with its window. */
export type ViewState = {
  readonly tab: TabName;
  readonly spanMillis: number;
  /** Series that the overview shows too, by `name{labels}`. */
  readonly pinned: readonly string[];
  readonly search: string;
};

export type HostMessage =
  | { readonly type: "hello"; readonly agentUrl: string; readonly trusted: boolean }
  | { readonly type: "frame"; readonly frame: Frame }
  | { readonly type: "history"; readonly request: number; readonly history: History }
  | { readonly type: "last"; readonly request: number; readonly last: LastValues }
  | { readonly type: "executions"; readonly job: string; readonly executions: readonly ExecutionFrame[] }
  | { readonly type: "texts"; readonly texts: readonly MetricText[] }
  | { readonly type: "families"; readonly families: readonly FamilyText[] }
  | { readonly type: "emitter"; readonly state: EmitterState }
  /** The language server is not there: why, for people. */
  | { readonly type: "offline"; readonly reason: string };

export type ViewMessage =
  /** The view's script runs: it knows nothing yet and wants everything. */
  | { readonly type: "ready" }
  | { readonly type: "watch"; readonly ids: readonly number[] }
  | { readonly type: "history"; readonly request: number; readonly ask: HistoryRequest }
  | { readonly type: "last"; readonly request: number; readonly ids?: readonly number[] }
  | { readonly type: "executions"; readonly source: string; readonly job: string }
  | { readonly type: "texts"; readonly rows: readonly string[] }
  /** What an agent of this version exports, by family. */
  | { readonly type: "families"; readonly version: string }
  | { readonly type: "retry" }
  | { readonly type: "command"; readonly command: ViewCommand }
  | { readonly type: "play"; readonly scenario: string }
  /** Put an expression into a new alerting rule, or at the cursor of the open rule file. */
  | { readonly type: "useInRule"; readonly expression: string }
  /** Show an alerting rule of an open file in the editor. */
  | { readonly type: "showRule"; readonly file: string; readonly rule: string }
  | {
      readonly type: "save";
      readonly name: string;
      readonly kind: "csv" | "json" | "png" | "svg";
      readonly content: string;
    };

/** Commands of the editor that a button in the view may run. */
export type ViewCommand =
  | "startEmitter"
  | "stopEmitter"
  | "openSettings"
  | "trust"
  | "setCredentials"
  | "restartServer"
  | "showOutput";
