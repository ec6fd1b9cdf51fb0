// Long work in short pieces: whoever has much to do asks after each piece whether others should have their turn. Knows no work.

/** Work at one go, ms: what a keystroke may have to wait for its answer. */
const slice = 2;

/** To be asked after each piece of work; undefined: go on. What it gives is to be awaited first. */
export type Pause = () => Promise<void> | undefined;

/** A pause whenever `slice` is over, for as long as what waits in the event loop takes. */
export function takeTurns(): Pause {
  let began = performance.now();
  return () => {
    if (performance.now() - began < slice) return undefined;
    return new Promise<void>((resolve) => {
      setImmediate(() => {
        began = performance.now();
        resolve();
      });
    });
  };
}
