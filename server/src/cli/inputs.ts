// The files that a command line names: paths, folders, globs and standard input. Knows nothing of what they say.
// It reads one after the other, since nothing else is to be done meanwhile and node's promises for files take time to load.
import { isUtf8 } from "node:buffer";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import picomatch from "picomatch";
import type { Terminal } from "./verb.ts";

/**
 * `file` is the name as given, or below the folder as given; `path` is absolute, undefined for standard input.
 * `named`: given as such, rather than found in a folder or by a glob.
 */
export type Input = {
  readonly file: string;
  readonly path: string | undefined;
  readonly uri: string;
  readonly text: string;
  readonly named: boolean;
};

/** What was read, in the order given, each file once; and a sentence for each file that was not. */
export type Inputs = { readonly inputs: readonly Input[]; readonly refused: readonly string[] };

const skipped = new Set(["node_modules", ".git", ".hg", ".svn", "vendor", "dist"]);

/** All files as texts. Throws, with the path, where one cannot be read. */
export async function readInputs(
  paths: readonly string[],
  stdinName: string,
  terminal: Terminal,
): Promise<readonly Input[]> {
  const { inputs, refused } = await tryInputs(paths, stdinName, terminal, Number.POSITIVE_INFINITY);
  if (refused[0] !== undefined) throw new Error(refused[0]);
  return inputs;
}

/** `longest`: UTF-16 units beyond which a file is refused. Throws only where standard input cannot be read. */
export async function tryInputs(
  paths: readonly string[],
  stdinName: string,
  terminal: Terminal,
  longest: number,
): Promise<Inputs> {
  const inputs = new Map<string, Input>();
  const refused: string[] = [];
  for (const path of paths) {
    if (path === "-") {
      const uri = pathToFileURL(resolve(terminal.cwd, stdinName)).toString();
      const text = textOf(await all(terminal.input), stdinName, longest);
      if (typeof text === "string") inputs.set("-", { file: stdinName, path: undefined, uri, text, named: true });
      else refused.push(text.refusal);
      continue;
    }
    const { files, refusal } = filesOf(path, terminal.cwd);
    if (refusal !== undefined) refused.push(refusal);
    for (const file of files) {
      const absolute = resolve(terminal.cwd, file);
      if (inputs.has(absolute)) continue;
      const text = read(absolute, file, longest);
      const uri = pathToFileURL(absolute).toString();
      if (typeof text === "string") inputs.set(absolute, { file, path: absolute, uri, text, named: file === path });
      else refused.push(text.refusal);
    }
  }
  return { inputs: [...inputs.values()], refused };
}

type Refusal = { readonly refusal: string };

function read(absolute: string, file: string, longest: number): string | Refusal {
  try {
    const { size } = statSync(absolute);
    // No encoding of UTF-8 takes more than three bytes for a UTF-16 unit.
    if (size > longest * 3) return tooLong(file, size, longest);
    return textOf(readFileSync(absolute), file, longest);
  } catch (error) {
    return { refusal: `${file} cannot be read: ${reason(error)}` };
  }
}

function textOf(bytes: Buffer, file: string, longest: number): string | Refusal {
  // What cannot be decoded could not be written back either.
  if (bytes.subarray(0, 8192).includes(0) || !isUtf8(bytes)) return { refusal: `${file} is not a text file in UTF-8` };
  const text = bytes.toString("utf8");
  return text.length > longest ? tooLong(file, bytes.length, longest) : text;
}

const tooLong = (file: string, size: number, longest: number): Refusal => ({
  refusal: `${file} has ${Math.round(size / 1e6)} MB, more than the ${Math.round(longest / 1e6)} MB that are checked: split it`,
});

/** The words of the system, without the code before and the path behind. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z]+: (.*?)(?:,|$)/.exec(message)?.[1] ?? message;
}

function filesOf(path: string, cwd: string): { files: readonly string[]; refusal?: string } {
  const found = attempt(() => statSync(resolve(cwd, path)));
  if (typeof found !== "string")
    return { files: found.isDirectory() ? yamlBelow(resolve(cwd, path), (file) => join(path, file)) : [path] };
  const scanned = picomatch.scan(path);
  if (!scanned.isGlob) return { files: [], refusal: `${path} cannot be read: ${found}` };
  const matches = picomatch(path.replace(/^\.\//, ""), { dot: true });
  const below = attempt(() => yamlBelow(resolve(cwd, scanned.base), (file) => join(scanned.base, file)));
  const files = typeof below === "string" ? [] : below.filter((file) => matches(file.replaceAll("\\", "/")));
  return files.length > 0 ? { files } : { files, refusal: `${path} matches no YAML file` };
}

/** What was asked of the system, or why it did not answer. */
function attempt<T>(ask: () => T): T | string {
  try {
    return ask();
  } catch (error) {
    return reason(error);
  }
}

/** YAML files below a folder, in the order of their names. */
function yamlBelow(folder: string, name: (file: string) => string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && /\.(ya?ml|rules)$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !file.split(/[\\/]/).some((part) => skipped.has(part)))
    .sort()
    .map(name);
}

async function all(input: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
