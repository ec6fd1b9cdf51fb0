// The extension starts, brings its commands, and gives files their language.
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { eventually, extensionId, openSample, openText } from "./sample.ts";

describe("the extension", () => {
  it("activates on the sample workspace", async () => {
    await openSample("dkron.yml");
    const extension = vscode.extensions.getExtension(extensionId);
    await eventually(
      () => extension?.isActive,
      (active) => active === true,
    );
  });

  it("registers each command that package.json promises", async () => {
    const contributes = vscode.extensions.getExtension(extensionId)?.packageJSON.contributes;
    const promised: string[] = contributes.commands.map((row: { command: string }) => row.command);
    ok(promised.length > 0);
    const known = new Set(await vscode.commands.getCommands(true));
    deepStrictEqual(
      promised.filter((command) => !known.has(command)),
      [],
    );
  });
});

/** A rule group with one mistyped metric, dkron_scheduler_start: what a checked file has a diagnostic for. */
const mistyped =
  "groups:\n  - name: a\n    rules:\n      - record: job:dkron:sum\n        expr: sum(dkron_scheduler_strat)\n";

describe("languages", () => {
  for (const [path, language] of [
    ["dkron.yml", "dkron-config"],
    ["prometheus.yml", "prometheus-config"],
    ["rules/jobs.rules.yml", "prometheus-rules"],
  ] as const) {
    it(`${path} is ${language}`, async () => strictEqual((await openSample(path)).document.languageId, language));
  }

  it("a rule group opened as yaml is checked by its content", async () => {
    const { document } = await openText("yaml", mistyped);
    await eventually(
      () => vscode.languages.getDiagnostics(document.uri).map((problem) => problem.message),
      (messages) => messages.some((message) => message.includes("dkron_scheduler_start")),
    );
  });

  it("a task list called prometheus.yml gets no word", async () => {
    const { document } = await openText(
      "prometheus-config",
      "- name: Install\n  hosts: all\n  tasks:\n    - name: Copy\n      copy: {src: a, dest: b}\n",
    );
    // Diagnostics of a text opened later show that this one has been looked at.
    const later = await openText("prometheus-rules", mistyped);
    await eventually(
      () => vscode.languages.getDiagnostics(later.document.uri).length,
      (count) => count > 0,
    );
    deepStrictEqual(vscode.languages.getDiagnostics(document.uri), []);
  });
});
