// A file read chunk by chunk is the file read in one go.
import { describe, expect, test } from "vitest";
import { parseYaml } from "../../server/src/yaml/parse.ts";
import { dump, readWhole, sharedFiles } from "./dump.ts";

describe("chunked is unchunked", () => {
  const files = sharedFiles("corpus/alert-rules", "conformance/prometheus-config", "conformance/rule-files");
  for (const { name, text } of files) {
    test(name, () => {
      const whole = readWhole(text);
      if (whole) expect(dump(parseYaml(text))).toEqual(dump(whole));
      else expect(JSON.stringify(dump(parseYaml(text)))).toContain('"errors":[{');
    });
  }
});
