// structure/wrong-type: a value of another shape or type than the field has.
import { structureCheck } from "./sharedFaults.ts";

export const structureWrongType = structureCheck({
  id: "structure/wrong-type",
  title: "A value of the wrong type",
  kinds: ["wrongType"],
  advice: ({ says }) => ({ text: hint(says) }),
});

function hint(says: string): string {
  if (says.startsWith("cannot parse")) return "Write seconds since 1970, or a moment such as 2026-01-02T15:04:05Z.";
  if (says.endsWith("in pattern")) return "Close the brackets: [ab] and [a-z] stand for one character.";
  if (/!!map into string/.test(says)) return "Write a text; quote it if it holds `{` or a colon followed by a blank.";
  if (/!!seq into string/.test(says)) return "Write a text; quote it if it begins with `[`.";
  if (/into map/.test(says)) return "Write `name: value` pairs below the key.";
  if (/into \[\]/.test(says)) return "Write a list: each entry on a line of its own behind `- `.";
  return "Write a value of that type.";
}
