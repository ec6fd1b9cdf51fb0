// Answers kept on the object that they are about, for objects that a file has by the thousand and every keystroke asks.
// Pure algebra; what is kept is the business of whoever keeps it.

/** An object that carries answers about itself. They live as long as it does. */
export type Owner = { readonly kept: unknown[] };

/** One kind of answer, at its own place on each owner: read like a WeakMap, at a tenth of the cost of finding and collecting. */
export type Kept<O extends Owner, T> = {
  readonly get: (owner: O) => T | undefined;
  readonly set: (owner: O, value: T) => void;
};

let places = 0;

export function keptOn<O extends Owner, T>(): Kept<O, T> {
  const place = places++;
  return {
    get: ({ kept }) => kept[place] as T | undefined,
    set: ({ kept }, value) => {
      // Without a hole in front the engine keeps the short form of an array.
      while (kept.length < place) kept.push(undefined);
      kept[place] = value;
    },
  };
}
