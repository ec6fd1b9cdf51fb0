// structure/duration: a field that wants a duration and has something else.
import { structureCheck } from "./sharedFaults.ts";

export const structureDuration = structureCheck({
  id: "structure/duration",
  title: "A text that is no duration",
  kinds: ["duration"],
  advice({ says, at }) {
    const bare = /"(\d+)"$/.exec(says)?.[1];
    const minutes = /"(\d+) *min(?:utes?)?"$/.exec(says)?.[1];
    const meant = bare ? `${bare}s` : minutes ? `${minutes}m` : undefined;
    const text = "A duration is whole numbers with units, from large to small: 1h30m, 5m, 30s, 500ms.";
    return meant
      ? { text, fixes: [{ title: `Write ${meant}`, edits: [{ range: at(), text: meant }], safe: false }] }
      : { text };
  },
});
