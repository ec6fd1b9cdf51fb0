// Values to propose for the keys of dkron.yml, and the cloud providers that `retry-join` knows. Knows no text.
import { data } from "../../../catalog/config/values.yml";

/** A value without quotes; `key`: only for that key. */
export type KnownValue = { readonly value: string; readonly summary?: string; readonly key?: string };

const { types, providers: rows } = data as {
  types: Record<string, KnownValue[]>;
  providers: { name: string; example: string }[];
};

/** Names for `provider=…`. */
export const providers: readonly string[] = rows.map(({ name }) => name);

/** What fits a value of that scalar type, under that key. */
export function knownValues(scalar: string, key: string): readonly KnownValue[] {
  const own = (types[scalar] ?? []).filter((value) => value.key === undefined || value.key === key);
  if (scalar !== "join-target") return own;
  return rows.map(({ name, example }) => ({ value: example, summary: `cloud discovery: ${name}` }));
}
