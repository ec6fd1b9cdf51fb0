// A file read chunk by chunk is the file read in one go.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseYaml } from "../../server/src/yaml/parse.ts";
import { dump, readWhole, sharedFiles } from "./dump.ts";

const catalog = join(import.meta.dirname, "../../server/catalog");
const own = readdirSync(catalog, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yml"))
  .map((name) => ({ name, text: readFileSync(join(catalog, name), "utf8") }));

describe("chunked is unchunked", () => {
  const files = [
    ...own,
    ...sharedFiles("corpus/alert-rules", "conformance/prometheus-config", "conformance/rule-files"),
  ];
  for (const { name, text } of files) {
    test(name, () => {
      const whole = readWhole(text);
      if (whole) expect(dump(parseYaml(text))).toEqual(dump(whole));
      else expect(JSON.stringify(dump(parseYaml(text)))).toContain('"errors":[{');
    });
  }
});
