// The README's tables say what package.json says, its pictures exist, and its links lead somewhere.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withTables } from "../.scripts/readme-tables.mjs";

const root = join(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

test("the tables of commands and settings are current (node .scripts/readme-tables.mjs writes them)", () => {
  expect(readme).toBe(withTables(readme, JSON.parse(readFileSync(join(root, "package.json"), "utf8"))));
});

test("every file that it links to is there", () => {
  const targets = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map((match) => match[1] ?? "");
  expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
});
