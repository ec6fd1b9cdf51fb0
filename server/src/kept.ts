// Answers kept: on the object that they are about, for objects that a file has by the thousand and every keystroke asks;
// or by the text that was asked about.
// Pure algebra; what is kept is the business of whoever keeps it.

/** An object that carries answers about itself, once there are some. They live as long as it does; a copy must have none. */
export type Owner = { kept: unknown[] | undefined };

/** What owners are, so that each kind has as few places as it needs. */
export type OwnerKind = "file" | "mapping" | "rule" | "scalar" | "versions";

/** One kind of answer, at its own place on each owner: read like a WeakMap, at a tenth of the cost of finding and collecting. */
export type Kept<O extends Owner, T> = {
  readonly get: (owner: O) => T | undefined;
  readonly set: (owner: O, value: T) => void;
};

const places: Record<OwnerKind, number> = { file: 0, mapping: 0, rule: 0, scalar: 0, versions: 0 };

export function keptOn<O extends Owner, T>(kind: OwnerKind): Kept<O, T> {
  const place = places[kind]++;
  return {
    get: ({ kept }) => kept?.[place] as T | undefined,
    set: (owner, value) => {
      owner.kept ??= [];
      const { kept } = owner;
      // Without a hole in front the engine keeps the short form of an array.
      while (kept.length < place) kept.push(undefined);
      kept[place] = value;
    },
  };
}

/** Finds the answer when it is first asked for: for tables that most starts never look into. */
export function keptOnce<T>(find: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: find() };
    return kept.value;
  };
}

/** Finds each answer once, for texts that come again. Of more than `most` all are let go, not to hold on to old texts. */
export function keptByText<T>(find: (text: string) => T, most: number): (text: string) => T {
  const kept = new Map<string, { readonly value: T }>();
  return (text) => {
    const before = kept.get(text);
    if (before) return before.value;
    const value = find(text);
    if (kept.size >= most) kept.clear();
    kept.set(text, { value });
    return value;
  };
}

/**
 * For each of a few words that come again by the thousand one text, the engine's own: such texts it holds against others,
 * and finds in tables, at a glance. Of more than `most` all are let go.
 */
export function ownTexts(most: number): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    // Names of properties are texts of the engine's own.
    const [own = word] = Object.keys({ [word]: undefined });
    known.set(own, own);
    return own;
  };
}
