// Each check has a page, each page a check.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allChecks as checks } from "../../server/src/language/rules/index.ts";

const folder = join(import.meta.dirname, "../../server/docs/rules");

describe("pages of the checks", () => {
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.replaceAll("\\", "/").slice(0, -3));

  test("every check has a page and every page a check", () => {
    expect(pages.sort()).toEqual([...new Set(checks.map(({ id }) => id))].sort());
  });

  test.each(checks.map(({ id, level }) => [id, level] as const))(
    "the page of %s names it and its level, and says when it stays quiet",
    (id, level) => {
      const page = readFileSync(join(folder, `${id}.md`), "utf8");
      expect(page.split("\n")[0]).toBe(`# ${id}`);
      expect(page).toContain(`Level: ${level}`);
      expect(page).toMatch(/stays quiet|keeps quiet|is quiet|is silent/i);
    },
  );
});
