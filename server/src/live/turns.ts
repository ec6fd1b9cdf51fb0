// Long work in short pieces: whoever has much to do asks after each piece whether others should have their turn. Knows no work.

/** Work at one go, ms: what a keystroke may have to wait for its answer. */
const slice = 2;

/** To be asked after each piece of work; undefined: go on. What it gives is to be awaited first. */
export type Pause = () => Promise<void> | undefined;

/** How long others have then, ms: a request of the editor takes several turns of the event loop, and needs them together. */
const turn = 1;

/** A pause whenever `slice` is over. */
export function takeTurns(): Pause {
  let began = performance.now();
  return () => {
    if (performance.now() - began < slice) return undefined;
    return new Promise<void>((resolve) => {
      setTimeout(() => {
        began = performance.now();
        resolve();
      }, turn);
    });
  };
}
