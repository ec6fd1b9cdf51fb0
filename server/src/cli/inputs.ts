// The files that a command line names: paths, folders, globs and standard input. Knows nothing of what they say.
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import picomatch from "picomatch";
import type { Terminal } from "./verb.ts";

/** `file` is the name as given, or below the folder as given. */
export type Input = { readonly file: string; readonly uri: string; readonly text: string };

const skipped = new Set(["node_modules", ".git", ".hg", ".svn", "vendor", "dist"]);

/** All files in the order given, each once. Throws, with the path, where one cannot be read. */
export async function readInputs(paths: readonly string[], stdinName: string, terminal: Terminal): Promise<Input[]> {
  const inputs = new Map<string, Input>();
  for (const path of paths) {
    if (path === "-") {
      const uri = pathToFileURL(resolve(terminal.cwd, stdinName)).toString();
      inputs.set("-", { file: stdinName, uri, text: await all(terminal.input) });
      continue;
    }
    for (const file of await filesOf(path, terminal.cwd)) {
      const absolute = resolve(terminal.cwd, file);
      if (inputs.has(absolute)) continue;
      const text = await readFile(absolute, "utf8").catch((error: unknown) => {
        throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      });
      inputs.set(absolute, { file, uri: pathToFileURL(absolute).toString(), text });
    }
  }
  return [...inputs.values()];
}

async function filesOf(path: string, cwd: string): Promise<string[]> {
  const found = await stat(resolve(cwd, path)).catch(() => undefined);
  if (found?.isDirectory()) return yamlBelow(resolve(cwd, path), (file) => join(path, file));
  if (found) return [path];
  const scanned = picomatch.scan(path);
  if (!scanned.isGlob) throw new Error(`${path} does not exist`);
  const matches = picomatch(path, { dot: true });
  const below = await yamlBelow(resolve(cwd, scanned.base), (file) => join(scanned.base, file));
  return below.filter((file) => matches(file));
}

/** YAML files below a folder, in the order of their names. */
async function yamlBelow(folder: string, name: (file: string) => string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(ya?ml|rules)$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !file.split(/[\\/]/).some((part) => skipped.has(part)))
    .sort()
    .map(name);
}

async function all(input: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
