// The view's only way out: messages to the extension, and the small state that survives a reload.
import type { HostMessage, ViewMessage, ViewState } from "../messages.ts";

type VsCodeApi = {
  postMessage(message: ViewMessage): void;
  getState(): ViewState | undefined;
  setState(state: ViewState): void;
};

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

const usual: ViewState = { tab: "overview", spanMillis: 300_000, pinned: [], search: "" };

export function send(message: ViewMessage): void {
  api.postMessage(message);
}

export function onMessage(receive: (message: HostMessage) => void): void {
  window.addEventListener("message", (event: MessageEvent<HostMessage>) => receive(event.data));
}

export function readState(): ViewState {
  return { ...usual, ...api.getState() };
}

export function writeState(change: Partial<ViewState>): void {
  api.setState({ ...readState(), ...change });
}
