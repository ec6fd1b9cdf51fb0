// What is inferred of the pieces of a tree, found once for each of them. Knows no expression.

/** What `find` says of a piece in a context; asked again for the same piece, what it said before. */
export function foundOnce<Any, Piece extends Any, Found, Context>(
  known: Map<Any, Found>,
  piece: Piece,
  find: (piece: Piece, context: Context) => Found,
  context: Context,
): Found {
  const before = known.get(piece);
  if (before !== undefined) return before;
  const found = find(piece, context);
  known.set(piece, found);
  return found;
}
