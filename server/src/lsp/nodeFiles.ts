// The file system of a node process behind the Files interface. Must not know what the files say.
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { URI } from "vscode-uri";
import type { Files, FileText } from "./files.ts";

/** Beyond these a workspace is searched no further: checks must not wait for somebody's archive of logs. */
const limits = { files: 5_000, bytes: 5_000_000, depth: 12 };

/** Folders that hold no file of the user's own. */
const skipped = new Set(["node_modules", ".git", ".hg", ".svn", "vendor", "dist", ".vscode-test"]);

export const nodeFiles: Files = {
  async *yamlFiles(folderUris) {
    let count = 0;
    for (const folder of folderUris) {
      for await (const path of walk(URI.parse(folder).fsPath, 0)) {
        if (++count > limits.files) return;
        const file = await readSmall(path);
        if (file) yield file;
      }
    }
  },
  async read(uri) {
    return (await readSmall(URI.parse(uri).fsPath))?.text;
  },
  async list(folderUri) {
    const entries = await readdir(URI.parse(folderUri).fsPath, { withFileTypes: true }).catch(() => []);
    return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  },
};

async function* walk(folder: string, depth: number): AsyncIterable<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth < limits.depth && !skipped.has(entry.name)) yield* walk(path, depth + 1);
    } else if (entry.isFile() && /\.(ya?ml|rules)$/.test(entry.name)) yield path;
  }
}

async function readSmall(path: string): Promise<FileText | undefined> {
  try {
    if ((await stat(path)).size > limits.bytes) return undefined;
    return { uri: URI.file(path).toString(), text: await readFile(path, "utf8") };
  } catch {
    return undefined;
  }
}
