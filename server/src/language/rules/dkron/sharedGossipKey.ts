// What a gossip key is, be it one that has lost its padding. Judges nothing.
import { base64Length } from "../../../catalog/config/goText.ts";

/** Bytes that memberlist takes. */
export const isKeySize = (bytes: number): boolean => [16, 24, 32].includes(bytes);

/** Whether it is a key, be it one that has lost its padding, and no text that stands for one. */
export function isGossipKey(text: string): boolean {
  const length = base64Length(repaired(text));
  return length.ok && isKeySize(length.value);
}

/** The key with the `=` that got lost, or in the alphabet that Go expects. */
export function repaired(text: string): string {
  const bare = text.replace(/[=\s]/g, "").replaceAll("-", "+").replaceAll("_", "/");
  return bare.padEnd(Math.ceil(bare.length / 4) * 4, "=");
}
