// Tells a chart whether it is in sight, or nearly: what nobody sees need not be drawn each second. Knows no chart.

/** Pixels below and above what is seen within which a chart is drawn already, so that scrolling finds it done. */
const ahead = "200px";

const heard = new WeakMap<Element, (isInSight: boolean) => void>();

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) heard.get(target)?.(isIntersecting);
  },
  { rootMargin: ahead },
);

/** Calls back at once and whenever it changes, until it is told to stop. */
export function watchSight(element: Element, changed: (isInSight: boolean) => void): () => void {
  heard.set(element, changed);
  observer.observe(element);
  return () => observer.unobserve(element);
}
