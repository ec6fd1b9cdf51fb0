// The formats that findings can be printed in, by name.
import type { Format } from "./checked.ts";
import { json } from "./json.ts";
import { text } from "./text.ts";

export const formats = { text, json } satisfies Record<string, Format>;

export function isFormat(name: string): name is keyof typeof formats {
  return Object.hasOwn(formats, name);
}
