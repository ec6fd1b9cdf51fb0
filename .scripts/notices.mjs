// The licences of the packages that the bundles contain, as one text to ship beside them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Names of the packages in a build, from esbuild's account of what went in.
 * @param {readonly import("esbuild").Metafile[]} metafiles
 */
function packagesIn(metafiles) {
  const names = new Set();
  for (const { outputs } of metafiles)
    for (const { inputs } of Object.values(outputs))
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const found = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(file);
        if (found?.[1] && bytesInOutput > 0) names.add(found[1]);
      }
  return [...names].sort();
}

/**
 * One paragraph a package: its name, version and licence text. Throws RangeError where a package brings no licence.
 * @param {readonly import("esbuild").Metafile[]} metafiles
 * @param {readonly string[]} beside packages that are shipped beside the bundles
 */
export function notices(metafiles, beside) {
  const parts = [...packagesIn(metafiles), ...beside].sort().map((name) => {
    const folder = join("node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8").trim() : undefined;
    if (!text && !license) throw new RangeError(`${name} says nothing of its licence.`);
    return `${name} ${version} (${license})\n\n${text ?? `Licensed under ${license}.`}\n`;
  });
  return `Dkron Metrics contains these packages.\n\n${parts.join("\n----------\n\n")}`;
}
