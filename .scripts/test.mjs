// `npm test`: installs and builds, runs every stage, ends with one line `N passed, N failed` and its exit code.
// `npm test -- --only unit` (or types, lint, grammar, editor, ui; repeatable) runs a part. Nothing is skipped in silence.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled, root } from "./lib/install.mjs";
import { PlainError, tell } from "./lib/plainError.mjs";
import { endAll, isStopping, onStop, run } from "./lib/processes.mjs";
import { countCommand, countMarks, countVitest, line, nothing, sum } from "./lib/tally.mjs";

/** @typedef {import("./lib/tally.mjs").Tally} Tally */

const biome = "@biomejs/biome/bin/biome";
const tsc = "typescript/bin/tsc";
const e2e = "test/e2e/vitest.config.mjs";

/** One row a stage: the name for `--only`, what it is, and how it runs and counts. */
const stages = [
  { name: "lint", says: "Biome: style and lint", count: () => countCommand(biome, ["check"]) },
  { name: "types", says: "TypeScript: the project", count: () => countCommand(tsc, ["-p", "."]) },
  {
    name: "types",
    says: "TypeScript: the panel's page",
    count: () => countCommand(tsc, ["-p", "client/src/panel/view"]),
  },
  { name: "types", says: "TypeScript: the UI tests", count: () => countCommand(tsc, ["-p", "test/e2e/ui"]) },
  { name: "unit", says: "Unit tests", count: () => countVitest("test/vitest.config.mjs") },
  { name: "grammar", says: "Grammar tests", count: () => countMarks("grammar") },
  { name: "editor", says: "The editor substitute's own tests", count: () => countVitest(e2e, ["code.test"]) },
  { name: "editor", says: "The suite inside VS Code", count: countEditorSuite },
  { name: "ui", says: "The packaged extension, seen in VS Code", count: () => countVitest(e2e, ["ui/"]) },
];

/** Loaded late: it needs packages that the first step installs. */
async function countEditorSuite() {
  const { countSuite } = await import("./lib/editor.mjs");
  return countSuite();
}

/** @returns {typeof stages} the stages that were asked for */
function chosenStages() {
  const { values } = parseArgs({ options: { only: { type: "string", multiple: true } } });
  const names = [...new Set(stages.map((stage) => stage.name))];
  const unknown = values.only?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new PlainError(`There is no stage "${unknown}": choose from ${names.join(", ")}.`);
  return stages.filter((stage) => values.only?.includes(stage.name) ?? true);
}

async function build() {
  const { code } = await run(process.execPath, [join(root, ".scripts/build.mjs"), "--tests"], { cwd: root });
  if (code !== 0) throw new PlainError("The build failed: see above.");
}

/**
 * Runs one stage with its time printed. A stage that breaks is one failure; the next ones still run.
 * @param {typeof stages[number]} stage
 * @returns {Promise<Tally>}
 */
async function runStage({ name, says, count }) {
  console.log(`\n── ${name}: ${says}`);
  const start = performance.now();
  const tally = await count().catch((error) => {
    tell(error);
    return { ...nothing, failed: 1 };
  });
  if (!isStopping()) console.log(`── ${name}: ${line(tally)} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return tally;
}

/** Where every stage and what it starts has its temporary files, so that none outlives the run, however it ends. */
const temporary = mkdtempSync(join(tmpdir(), "dkm-"));
process.env.TMPDIR = temporary;
process.on("exit", () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

onStop(async (signal) => {
  await endAll();
  console.error(`\nStopped by ${signal}.`);
  process.exit(130);
});

try {
  const chosen = chosenStages();
  await ensureInstalled();
  await build();
  let total = nothing;
  for (const stage of chosen) if (!isStopping()) total = sum(total, await runStage(stage));
  if (!isStopping()) console.log(`\n${line(total)}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
} catch (error) {
  if (!isStopping()) {
    tell(error);
    console.log("\n0 passed, 1 failed");
    process.exitCode = 1;
  }
}
