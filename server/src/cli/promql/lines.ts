// Cuts a byte stream into lines, as many at a time as have arrived. Knows nothing of what they say.
import { StringDecoder } from "node:string_decoder";

/** Batches of whole lines without their ends; a last line without an end counts, an empty one does not. */
export async function* lines(input: AsyncIterable<Buffer | string>): AsyncIterable<string[]> {
  const decoder = new StringDecoder("utf8");
  let pending: string[] = [];
  for await (const chunk of input) {
    const text = typeof chunk === "string" ? chunk : decoder.write(chunk);
    const last = text.lastIndexOf("\n");
    if (last < 0) {
      pending.push(text);
      continue;
    }
    yield (pending.join("") + text.slice(0, last)).split("\n").map(withoutReturn);
    pending = [text.slice(last + 1)];
  }
  const rest = pending.join("") + decoder.end();
  if (rest.trim() !== "") yield [withoutReturn(rest)];
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
