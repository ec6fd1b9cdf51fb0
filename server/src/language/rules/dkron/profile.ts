// dkron/profile: a timing profile that there is not.

import { serfFailed } from "../../../catalog/config/agentWords.ts";
import { acceptedValues } from "../../../catalog/config/keys.ts";
import type { Report } from "../../check.ts";
import { textOf } from "../../dkronFile.ts";
import { dkronCheck, exits, inWords, keyRange, readable, replaceValue, shown } from "./shared.ts";

export const dkronProfile = dkronCheck({
  id: "dkron/profile",
  level: "error",
  title: "A timing profile that makes the agent exit",
  *look({ file, version }): Iterable<Report> {
    const setting = readable(file, "profile");
    const text = textOf(file, "profile");
    const values = acceptedValues("profile");
    if (!setting || text === undefined || values.includes(text)) return;
    const lower = text.trim().toLowerCase();
    yield {
      range: keyRange(setting),
      message: `There is no profile ${shown(text)}. ${exits(version, serfFailed(`unknown profile: ${text}`))} Write ${inWords(
        values.map((value) => `\`${value}\``),
        "or",
      )}.`,
      fixes: (values.includes(lower) ? [lower] : values).flatMap((value) =>
        replaceValue(setting, value, `Write ${value}`, value === lower),
      ),
    };
  },
});
