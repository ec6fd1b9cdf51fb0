// Entry of the suite inside the extension host: runs every test file beside it with mocha and writes the counts.
// The file that DKRON_METRICS_TEST_RESULTS names is written last: without it the run counts as died.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", reporter: "spec", timeout: 60_000 });
  for (const name of readdirSync(__dirname)) if (name.endsWith(".test.js")) mocha.addFile(join(__dirname, name));
  const { passes, failures, pending } = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats as Mocha.Stats));
  });
  const results = process.env.DKRON_METRICS_TEST_RESULTS;
  if (results) writeFileSync(results, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
  if (failures > 0) throw new Error(`${failures} of ${failures + passes} tests failed`);
}
