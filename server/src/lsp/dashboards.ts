// Answers the client's request for a dashboard of the agent's version. Knows no dashboard.
import type { Connection } from "vscode-languageserver";
import { makeDashboard } from "../protocol.ts";
import type { Session } from "./session.ts";

export function serveDashboards(connection: Connection, session: Session): void {
  connection.onRequest(makeDashboard, async ({ name }) => {
    // Loaded when used: few sessions make one.
    const { dashboards } = await import("../dashboards/dashboards.ts");
    const version = session.context.dkronVersion;
    return { version, text: dashboards[name].make(version) };
  });
}
