// dkron/log-level: a level that logrus does not know, so that the agent logs at info.
import { distance } from "fastest-levenshtein";
import { acceptedValues } from "../../../catalog/config/keys.ts";
import type { Report } from "../../check.ts";
import { textOf } from "../../dkronFile.ts";
import { dkronCheck, inWords, readable, replaceValue, shown, valueRange } from "./shared.ts";

export const dkronLogLevel = dkronCheck({
  id: "dkron/log-level",
  level: "warning",
  title: "A log level that the agent replaces by info",
  *look({ file }): Iterable<Report> {
    const setting = readable(file, "log-level");
    const text = textOf(file, "log-level");
    const values = acceptedValues("log-level");
    if (!setting || text === undefined || values.includes(text.toLowerCase())) return;
    const near = values.find((value) => distance(value, text.toLowerCase()) <= 2);
    const meant = near ?? (/^(?:verbose|all|finest?)$/i.test(text) ? "debug" : undefined);
    yield {
      range: valueRange(setting),
      message: `There is no log level ${shown(text)}: the agent logs \`Error parsing log level, using: info\` and goes on with info. Write ${inWords(
        values.map((value) => `\`${value}\``),
        "or",
      )}.`,
      fixes: meant ? replaceValue(setting, meant, `Write ${meant}`, near !== undefined) : [],
    };
  },
});
