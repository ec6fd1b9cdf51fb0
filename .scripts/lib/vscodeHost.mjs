// The VS Code for machines without a desktop one: code-server from npm, with the node that it wants, kept in the cache.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { cached } from "./cache.mjs";
import { npm } from "./install.mjs";
import { PlainError } from "./plainError.mjs";

const manifest = resolve(import.meta.dirname, "../vscode-host");

/** The node major that the pinned code-server runs on. */
const wantedNode = 24;

/**
 * Where code-server is, fetched at first use (250 MB, a quarter of a minute on a fast line).
 * No compiler is needed: install scripts stay off, because the native parts that matter are prebuilt in the packages.
 * @returns {Promise<{ node: string, entry: string }>} `node entry …` is the `code-server` command
 */
export async function vscodeHost() {
  const folder = await cached(manifest, "vscode-host", async (partial) => {
    console.log("Fetching VS Code (code-server, once, about 250 MB) …");
    await npm(partial, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], "code-server");
    // These two ship their own shrinkwrap, which `npm ci` finds out of step with their package.json.
    const own = join(partial, "node_modules/code-server/lib/vscode");
    for (const part of [own, join(own, "extensions")])
      await npm(
        part,
        ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"],
        "the parts of code-server",
      );
  });
  const modules = join(folder, "node_modules");
  return { node: nodeFor(modules), entry: join(modules, "code-server/out/node/entry.js") };
}

/** @param {string} modules */
function nodeFor(modules) {
  const fetched = join(modules, `node-${process.platform}-${process.arch}`, "bin/node");
  if (existsSync(fetched)) return fetched;
  if (Number(process.versions.node.split(".")[0]) === wantedNode) return process.execPath;
  throw new PlainError(
    `code-server needs node ${wantedNode} on ${process.platform}-${process.arch}: run this with node ${wantedNode}, or install desktop VS Code with its \`code\` command on the PATH.`,
  );
}
