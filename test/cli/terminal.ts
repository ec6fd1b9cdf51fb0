// A terminal for tests of the command line, and a folder of files to run in.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import type { Verb } from "../../server/src/cli/verb.ts";

export type Answer = { code: number; out: string; err: string };

export async function run(verb: Verb, args: string[], cwd: string, input = "", colours = false): Promise<Answer> {
  const answer = { out: "", err: "" };
  const code = await verb(args, {
    out: (text) => {
      answer.out += text;
    },
    err: (text) => {
      answer.err += text;
    },
    input: Readable.from([input]),
    cwd,
    colours,
  });
  return { code, ...answer };
}

/** A new folder with these files; `remove` takes it away. */
export function folderOf(files: Record<string, string | Buffer>): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "dkm-check-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
