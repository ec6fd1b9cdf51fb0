// The sample workspace: where it is, and copies of it, because an editor that saves by itself would change the original.
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { root } from "./install.mjs";

export const sample = join(root, "test/fixtures/sample");

/** What a newcomer sees first: a rule file with mistakes in it. */
export const firstFile = "rules/mistakes.rules.yml";

/**
 * A copy for a person to play with, its mistakes back in place at each start. Files that were added to it stay.
 * @param {string} target
 * @returns {Promise<string>} the copy
 */
export async function refreshPlayground(target) {
  await mkdir(target, { recursive: true });
  await cp(sample, target, { recursive: true });
  return target;
}

/**
 * Copies the sample and gives the copy's emitter a free port of its own, and its agent the same address.
 * @param {string} target
 * @returns {Promise<string>} the copy
 */
export async function prepareWorkspace(target) {
  await mkdir(target, { recursive: true });
  await cp(sample, target, { recursive: true });
  const file = join(target, ".vscode/settings.json");
  const settings = JSON.parse(await readFile(file, "utf8"));
  const address = `127.0.0.1:${await freePort()}`;
  settings["dkronMetrics.emitter.httpAddress"] = address;
  settings["dkronMetrics.agent.url"] = `http://${address}`;
  await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`);
  return target;
}

/** @returns {Promise<number>} a port of loopback that nothing listens on at this moment */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
