// A rule file to try the extension on: one rule that works, and one with a mistake to be found. Knows no server.
import * as vscode from "vscode";

const text = `groups:
  - name: dkron
    rules:
      # Every server counts the same executions, so they are counted once for each job.
      - alert: DkronJobFailing
        expr: max by (job_name) (increase(dkron_job_executions_failed_total[15m])) > 0
        for: 1m
        labels:
          severity: warning
        annotations:
          summary: "Job {{ $labels.job_name }} fails"

      # No agent writes a metric of this name: let the quick fix mend it.
      - alert: DkronJobNeverSucceeds
        expr: increase(dkron_job_executions_suceeded_total[1h]) == 0
        for: 5m
        labels:
          severity: critical
`;

/** Opens it as a file without a name, to be tried and thrown away. */
export async function openSample(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: "prometheus-rules", content: text });
  await vscode.window.showTextDocument(document);
}
