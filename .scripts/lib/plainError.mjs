// An error that is told to the person as its message alone: what is wrong and what to do, without a stack.

export class PlainError extends Error {}

/**
 * Prints what stopped a script: the sentence of a PlainError, the stack of anything else (that one is our mistake).
 * @param {unknown} error
 */
export function tell(error) {
  const text = isPlain(error) ? error.message : error instanceof Error ? error.stack : String(error);
  console.error(`\n${text}`);
}

/**
 * Whether the message alone says enough. Node's own words about a command line do.
 * @param {unknown} error
 * @returns {error is Error}
 */
function isPlain(error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return error instanceof PlainError || code.startsWith("ERR_PARSE_ARGS");
}
