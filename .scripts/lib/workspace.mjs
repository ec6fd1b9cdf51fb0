// The sample workspace: where it is, and a copy of it for a run that must not touch the original or share its ports.
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { root } from "./install.mjs";

export const sample = join(root, "test/fixtures/sample");

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
