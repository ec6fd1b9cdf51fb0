// `npm run bench [-- NAME…]`: bundles each test/bench/NAME.bench.ts and calls its `run()` in a process of its own.
// A bench prints what it measured; nothing is judged here. A bench that breaks or takes too long ends with a code.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { ensureInstalled, root } from "./lib/install.mjs";
import { PlainError, tell } from "./lib/plainError.mjs";
import { endAll, isStopping, onStop, run } from "./lib/processes.mjs";

const folder = join(root, "test/bench");

/** What one bench may take, so that a run of all has an end. */
const limitMs = 180_000;

function chosen() {
  const suffix = ".bench.ts";
  const all = readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length));
  const { positionals } = parseArgs({ allowPositionals: true });
  const unknown = positionals.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new PlainError(`There is no bench "${unknown}": choose from ${all.join(", ")}.`);
  return positionals.length > 0 ? positionals : all;
}

/**
 * Bundles a bench so that packages stay where they are and `import.meta.dirname` stays the folder of its source.
 * @param {string} name
 */
async function bundle(name) {
  const { build } = await import("esbuild");
  const { yamlForEsbuild } = await import("./yaml-modules.mjs");
  const outfile = join(root, `dist/test/bench/${name}.mjs`);
  await build({
    entryPoints: [join(folder, `${name}.bench.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    define: { "import.meta.dirname": JSON.stringify(folder) },
    logLevel: "warning",
    plugins: [yamlForEsbuild],
  });
  return outfile;
}

onStop(async () => {
  await endAll();
  process.exit(130);
});

try {
  const names = chosen();
  await ensureInstalled();
  const { code: built } = await run(process.execPath, [join(root, ".scripts/build.mjs"), "--production"], {
    cwd: root,
  });
  if (built !== 0) throw new PlainError("The build failed: see above.");
  // Every node would read these certificates when it starts, which takes longer than the start itself. All that is
  // compared runs without them.
  if (process.env.NODE_EXTRA_CA_CERTS !== undefined) {
    console.log("\nNODE_EXTRA_CA_CERTS is left out: it would be half of each start of node.");
    delete process.env.NODE_EXTRA_CA_CERTS;
  }
  for (const name of names) {
    console.log(`\n── ${name}`);
    const module = pathToFileURL(await bundle(name)).href;
    const call = `(await import(${JSON.stringify(module)})).run()`;
    const args = ["--expose-gc", "--input-type=module", "--eval", `await ${call}`];
    const { code } = await run(process.execPath, args, { cwd: root, timeoutMs: limitMs });
    if (code === 0) continue;
    console.error(
      `The bench ${name} ended with code ${code}${code === 124 ? `: it took more than ${limitMs / 1000} s` : ""}.`,
    );
    process.exitCode = 1;
  }
} catch (error) {
  if (!isStopping()) {
    tell(error);
    process.exitCode = 1;
  }
}
