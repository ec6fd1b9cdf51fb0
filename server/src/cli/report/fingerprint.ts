// What makes a finding the same one after the file has changed elsewhere. Knows no format.
import type { Document } from "../../language/document.ts";
import type { Finding } from "../../language/finding.ts";
import { withSlashes } from "./checked.ts";

/** The same as long as the line says the same, wherever it moves to. */
export function fingerprint(file: string, { text }: Document, { code, range }: Finding): string {
  const start = text.lastIndexOf("\n", range.start - 1) + 1;
  const end = text.indexOf("\n", range.start);
  const line = text.slice(start, end < 0 ? text.length : end).trim();
  // Asked for here, since it takes node some milliseconds to load and most formats have no use for it.
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha1")
    .update([withSlashes(file), code, line, range.start - start].join("\0"))
    .digest("hex");
}
