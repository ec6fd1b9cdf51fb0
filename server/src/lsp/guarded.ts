// The one try/catch of the server: a feature that fails is logged by its method and answers nothing.

type Log = { error: (message: string) => void };

/** The handler, or `fallback` where it throws. A promise that it gives is awaited. */
export function guarded<Arguments extends unknown[], Answer>(
  log: Log,
  method: string,
  fallback: Answer,
  handler: (...given: Arguments) => Answer | Promise<Answer>,
): (...given: Arguments) => Promise<Answer> {
  return async (...given) => {
    try {
      return await handler(...given);
    } catch (error) {
      log.error(`${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return fallback;
    }
  };
}
