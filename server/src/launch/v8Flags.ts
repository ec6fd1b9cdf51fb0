// Settings of V8 that suit what a program does, for the versions in which they were tried: V8 complains on standard error
// of a flag that it does not know, and nothing is said about the flags of versions to come.

/** A run of the command line is over in a moment; a server goes on all day. */
export type Life = "short" | "long";

/**
 * Marking what is alive beside the work takes a sixth of the time to open a large file, and frees next to nothing while a
 * program starts, for what that makes is there to stay.
 */
const noMarking = ["--no-incremental-marking"];
const marking = ["--incremental-marking"];

/**
 * One thread does least in all where little is collected at a time. Code of the start is kept. What has run some times is
 * compiled then, and not when there is enough more of it: until then a check of thousands of rules may be over.
 */
const shortLived = ["--no-parallel-scavenge", "--no-flush-bytecode", "--no-baseline-batch-compilation"];
/** As V8 has it: said all the same, for what is said later is to be taken back before code is kept. */
const growing = ["--semi-space-growth-factor=2"];

/**
 * The space for new objects grows no more: what a check makes is gone in a moment, and memory that is new to the process, and
 * too large for the processor's own, costs more than collecting often does.
 */
const grown = ["--semi-space-growth-factor=1"];

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

/** What to set before anything is compiled. @param v8 the version as `process.versions.v8` has it */
export function v8Flags(v8: string, life: Life): readonly string[] {
  const tried = triedFlags(v8);
  if (!tried) return [];
  return life === "short" ? [...tried, ...noMarking, ...shortLived, ...growing] : [...tried, ...noMarking];
}

/** What to set when all that a run is about has been read: that is there to stay. */
export function readFlags(v8: string, life: Life): readonly string[] {
  return triedFlags(v8) && life === "short" ? grown : [];
}

/**
 * What to set when a program has been at work for a while: memory grows all day then, and no pause may be felt. Code that
 * is kept from then on is for other flags: the ones of the start have to be set again before.
 */
export function settledFlags(v8: string, life: Life): readonly string[] {
  return triedFlags(v8) && life === "long" ? marking : [];
}

function triedFlags(v8: string): readonly string[] | undefined {
  return late[v8.slice(0, v8.indexOf("."))];
}
