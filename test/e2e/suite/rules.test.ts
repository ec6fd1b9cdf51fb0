// Editing a rule file: what is underlined, what the fix does, what is suggested while typing, what hovering says.
import { deepStrictEqual, ok } from "node:assert";
import { afterEach, describe, it } from "mocha";
import * as vscode from "vscode";
import { completions, endOf, eventually, openSample } from "./sample.ts";

const mistakes = "rules/mistakes.rules.yml";

function problems(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).toSorted((a, b) => a.range.start.compareTo(b.range.start));
}

describe("a rule file", () => {
  afterEach(() => vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor"));

  it("has its three mistakes underlined, each at its text", async () => {
    const { document } = await openSample(mistakes);
    const found = await eventually(
      () => problems(document.uri),
      (list) => list.length === 3,
    );
    const texts = found.map((problem) => document.getText(problem.range));
    ok(texts[0]?.includes("dkron_job_executions_faild_total"), `the typo: ${texts[0]}`);
    ok(texts[1]?.includes("dkron_memberlist_probeNode_count"), `the metric of other versions: ${texts[1]}`);
    ok(texts[2]?.includes("instance"), `the label that is gone: ${texts[2]}`);
  });

  it("offers the right name for a mistyped metric, and the fix takes the problem away", async () => {
    const { document } = await openSample(mistakes);
    const [typo] = await eventually(
      () => problems(document.uri),
      (list) => list.length > 0,
    );
    ok(typo);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      typo.range,
      vscode.CodeActionKind.QuickFix.value,
      10,
    );
    const fix = actions.find((action) => action.title.includes("dkron_job_executions_failed_total"));
    ok(fix?.edit, `a fix among: ${actions.map((action) => action.title).join(", ")}`);
    await vscode.workspace.applyEdit(fix.edit);
    ok(!document.getText().includes("faild"));
    await eventually(
      () => problems(document.uri),
      (list) => list.every(({ message }) => !message.includes("faild")),
    );
  });

  it("has nothing underlined where nothing is wrong", async () => {
    const wrong = await openSample(mistakes);
    await eventually(
      () => problems(wrong.document.uri),
      (list) => list.length > 0,
    );
    for (const path of ["rules/jobs.rules.yml", "prometheus.yml", "dkron.yml"]) {
      const { document } = await openSample(path);
      await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, new vscode.Position(0, 0));
      deepStrictEqual(problems(document.uri), [], path);
    }
  });

  it("completes a half-typed metric inside expr", async () => {
    const { document } = await openSample("rules/jobs.rules.yml");
    await completions(document, endOf(document, "increase(dkron_job_exec"), "dkron_job_executions_failed_total");
  });

  it("explains a metric on hover", async () => {
    const { document } = await openSample("rules/jobs.rules.yml");
    const hovers = await eventually(
      () =>
        vscode.commands.executeCommand<vscode.Hover[]>(
          "vscode.executeHoverProvider",
          document.uri,
          endOf(document, "increase(dkron_job_exec"),
        ),
      (answer) => answer.length > 0,
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((part) => (typeof part === "string" ? part : part.value));
    ok(text.join("\n").includes("4.1.0"), "the version from which agents emit it");
  });
});

describe("dkron.yml", () => {
  it("completes the keys of the metrics page", async () => {
    const { document } = await openSample("dkron.yml");
    const lastLine = new vscode.Position(document.lineCount - 1, 0);
    const labels = await completions(document, lastLine, "dog-statsd-addr");
    // statsd-addr and enable-prometheus are in the file already.
    ok(labels.includes("dog-statsd-tags"), labels.join(", "));
  });
});
