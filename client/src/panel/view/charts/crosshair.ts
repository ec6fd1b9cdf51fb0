// One crosshair for all charts, by time. Knows no chart.

type Pointed = (time: number | undefined) => void;

const charts = new Set<Pointed>();

/** Calls back with the moment that is read, in seconds, undefined where none is, until it is told to stop. */
export function onPoint(pointed: Pointed): () => void {
  charts.add(pointed);
  return () => charts.delete(pointed);
}

/** Has all charts show what they have at this moment. */
export function pointAt(time: number | undefined): void {
  for (const pointed of charts) pointed(time);
}
