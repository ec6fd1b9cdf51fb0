// Who may import whom: reads every import of the house and holds it against the table below. Knows nothing else.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

type Room = { name: string; holds: RegExp; may: RegExp[] };

const algebra = /^server\/src\/(lines|ranges|edits|newPoints|kept)\.ts$/;
const room = (name: string): RegExp => new RegExp(`^server/src/${name}/`);
/** Files directly in language/ that say what things are; the facade, with the part of it for command lines, does not. */
const document = /^server\/src\/language\/(?!languageService|checkService)[^/]+\.ts$/;
const data = /^server\/catalog\/.*\.yml$/;

/** First match decides. A package is written as it is imported; a file by its path from the root. */
const rooms: Room[] = [
  { name: "algebra", holds: algebra, may: [algebra] },
  { name: "yaml", holds: room("yaml"), may: [algebra, room("yaml"), /^js-yaml$/] },
  { name: "promql/syntax", holds: room("promql/syntax"), may: [algebra, room("promql/syntax")] },
  { name: "promql", holds: room("promql"), may: [algebra, room("promql"), /^re2js$/] },
  { name: "template", holds: room("template"), may: [algebra, room("template"), /^re2js$/] },
  { name: "catalog", holds: room("catalog"), may: [algebra, room("catalog"), data, /^fastest-levenshtein$/] },
  {
    name: "language/document",
    holds: document,
    may: [
      algebra,
      document,
      room("yaml"),
      room("promql"),
      room("template"),
      room("catalog"),
      /^(fastest-levenshtein|picomatch)$/,
    ],
  },
  {
    name: "language/rules",
    holds: room("language/rules"),
    may: [
      algebra,
      document,
      room("language/rules"),
      room("yaml"),
      room("catalog"),
      room("promql"),
      room("template"),
      /^server\/src\/language\/(schema|relabel)\//,
      /^re2js$/,
      /^fastest-levenshtein$/,
    ],
  },
  {
    name: "language/features",
    holds: room("language/features"),
    may: [
      algebra,
      document,
      room("yaml"),
      room("catalog"),
      room("promql"),
      room("template"),
      /^server\/src\/language\/(schema|relabel)\//,
      // The parts of a feature that is too large for one file.
      /^server\/src\/language\/features\/[^/]+\//,
      /^server\/src\/language\/rules\/index\.ts$/,
      /^fastest-levenshtein$/,
      /^re2js$/,
    ],
  },
  {
    name: "language",
    holds: room("language"),
    may: [
      algebra,
      room("language"),
      room("yaml"),
      room("catalog"),
      room("promql"),
      room("template"),
      /^(picomatch|re2js|fastest-levenshtein)$/,
    ],
  },
  { name: "dashboards", holds: room("dashboards"), may: [room("dashboards"), room("catalog"), data, /^js-yaml$/] },
  {
    name: "live",
    holds: room("live"),
    // Templates: alerts show their texts as Prometheus would send them.
    may: [
      algebra,
      room("live"),
      room("catalog"),
      room("promql"),
      room("template"),
      /^server\/src\/protocol\.ts$/,
      /^node:/,
    ],
  },
  {
    name: "cli",
    holds: /^server\/src\/(cli\.ts|cli\/)/,
    may: [
      algebra,
      /^server\/src\/cli\//,
      room("language"),
      room("live"),
      room("dashboards"),
      room("catalog"),
      room("promql"),
      /^node:/,
      /^(picomatch|fastest-levenshtein)$/,
    ],
  },
  {
    name: "protocol",
    holds: /^server\/src\/protocol\.ts$/,
    may: [algebra, /^server\/src\/live\/frames\.ts$/, /^vscode-languageserver-protocol$/],
  },
  { name: "launch", holds: room("launch"), may: [room("launch"), /^node:/] },
  {
    name: "lsp and entries",
    holds: /^server\/src\//,
    may: [
      algebra,
      /^server\/src\/lsp\//,
      /^server\/src\/protocol\.ts$/,
      /^server\/src\/language\/[^/]+\.ts$/,
      room("live"),
      room("dashboards"),
      room("catalog"),
      /^vscode-(languageserver|uri)/,
      /^picomatch$/,
      /^node:/,
    ],
  },
  {
    name: "emitter",
    holds: /^client\/src\/emitter\//,
    may: [/^client\/src\/emitter\//, room("catalog"), data, /^(node:|prom-client$|js-yaml$)/],
  },
  {
    name: "panel/view",
    holds: /^client\/src\/panel\/view\//,
    may: [/^client\/src\/panel\/(view\/|messages\.ts$)/],
  },
  {
    name: "client",
    holds: /^client\/src\//,
    may: [
      /^client\/src\/(?!panel\/view\/)/,
      /^vscode(-languageclient.*)?$/,
      /^server\/src\/(protocol|live\/frames)\.ts$/,
      room("catalog"),
      /^node:/,
    ],
  },
];

function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => join(folder, name));
}

const importPattern =
  /^\s*(?:import|export)\b[^;"']*?\bfrom\s*"([^"]+)"|^\s*import\s*"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|\brequire\(\s*"([^"]+)"\s*\)/gm;

/** Targets of a file's imports: paths from the root for files, the bare name for packages. */
function imports(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(importPattern)].map((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? match[4] ?? "";
    return target.startsWith(".") ? relative(root, resolve(dirname(file), target)) : target;
  });
}

const files = [...sources(join(root, "server/src")), ...sources(join(root, "client/src"))];
const graph = new Map(files.map((file) => [relative(root, file), imports(file)]));

describe("layers", () => {
  test("every import is one that its room may have", () => {
    const wrong: string[] = [];
    for (const [file, targets] of graph) {
      const home = rooms.find((candidate) => candidate.holds.test(file));
      for (const target of targets) {
        if (!home?.may.some((allowed) => allowed.test(target))) wrong.push(`${file} (${home?.name}) imports ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("a check never imports another check, a feature never another feature", () => {
    const wrong: string[] = [];
    for (const [file, targets] of graph) {
      const feature = /^server\/src\/language\/features\/[^/]+\.ts$/;
      const rule = /^server\/src\/language\/rules\/[^/]+\/[^/]+\.ts$/;
      for (const target of targets) {
        if (feature.test(file) && feature.test(target)) wrong.push(`${file} imports ${target}`);
        if (rule.test(file) && rule.test(target) && !/\/(shared|lib)[^/]*\.ts$/.test(target))
          wrong.push(`${file} imports ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("no cycles between files", () => {
    const state = new Map<string, "open" | "done">();
    const cycles: string[] = [];
    const visit = (file: string, path: string[]): void => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") {
        cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
        return;
      }
      state.set(file, "open");
      for (const target of graph.get(file) ?? []) if (graph.has(target)) visit(target, [...path, file]);
      state.set(file, "done");
    };
    for (const file of graph.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });

  test("no default exports, and no barrel but rules/index.ts", () => {
    const wrong: string[] = [];
    for (const file of graph.keys()) {
      const text = readFileSync(join(root, file), "utf8");
      if (/^export default\b/m.test(text)) wrong.push(`${file} has a default export`);
      if (/\/index\.ts$/.test(file) && file !== "server/src/language/rules/index.ts") wrong.push(`${file} is a barrel`);
      if (/^export \* from\b/m.test(text)) wrong.push(`${file} re-exports a whole file`);
    }
    expect(wrong).toEqual([]);
  });

  test("files have at most 400 lines and open with a sentence", () => {
    const wrong: string[] = [];
    for (const file of graph.keys()) {
      const lines = readFileSync(join(root, file), "utf8").split("\n");
      if (lines.length > 401) wrong.push(`${file} has ${lines.length - 1} lines`);
      if (!/^(\/\/|\/\*)/.test(lines[0] ?? "")) wrong.push(`${file} has no opening sentence`);
    }
    expect(wrong).toEqual([]);
  });
});
