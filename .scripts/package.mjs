// `npm run package [-- --out FILE]`: the VSIX, built for production by `vscode:prepublish`, with no node_modules inside.
import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled, root } from "./lib/install.mjs";
import { PlainError, tell } from "./lib/plainError.mjs";
import { run } from "./lib/processes.mjs";

try {
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  const { name, version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const file = resolve(values.out ?? join(root, `${name}-${version}.vsix`));
  await ensureInstalled();
  const vsce = join(root, "node_modules/@vscode/vsce/vsce");
  const plain = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
  const { code, output } = await run(process.execPath, [vsce, "package", ...plain, "--out", file], {
    cwd: root,
    capture: true,
  });
  if (code !== 0) throw new PlainError(`vsce did not make the package:\n${output.trim()}`);
  console.log(`${file}: ${Math.round((await stat(file)).size / 1024)} KB`);
} catch (error) {
  tell(error);
  process.exitCode = 1;
}
