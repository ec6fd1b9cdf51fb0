// Settings of V8 that suit what a program does, for the versions in which they were tried: V8 complains on standard error
// of a flag that it does not know, and nothing is said about the flags of versions to come.

/** A run of the command line is over in a moment; a server goes on all day. */
export type Life = "short" | "long";

/** It does not pay to mark what is alive beside the work, memory may be taken at once, and code of the start is kept. */
const shortLived = ["--no-incremental-marking", "--semi-space-growth-factor=16", "--no-flush-bytecode"];

/**
 * V8 optimises what has run for a while, and that costs more than opening a large file or most runs of a check do. What
 * runs all day long is optimised all the same, a little later.
 */
const lateByBudget = ["--interrupt-budget=3000000"];
const lateByCount = ["--invocation-count-for-turbofan=50000", "--invocation-count-for-maglev=5000"];

/** By the major version of V8, of which node 20 has 11, node 22 has 12, node 24 has 13, node 25 and 26 have 14. */
const late: Readonly<Record<string, readonly string[]>> = {
  11: lateByBudget,
  12: lateByCount,
  13: lateByCount,
  14: lateByCount,
};

/** @param v8 the version as `process.versions.v8` has it */
export function v8Flags(v8: string, life: Life): readonly string[] {
  const tried = late[v8.slice(0, v8.indexOf("."))];
  if (!tried) return [];
  return life === "short" ? [...tried, ...shortLived] : tried;
}
