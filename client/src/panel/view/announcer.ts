// Says things to those who listen instead of looking: politely, and only what still holds after a moment.
import { element, setText } from "./dom.ts";

const settle = 500;

/** The live region; it stands once in the page. */
export const announcer = element("div", { class: "unseen", role: "status", "aria-live": "polite" });

let timer: ReturnType<typeof setTimeout> | undefined;

/** What is said later within half a second takes the place of what was said before. */
export function announce(text: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => setText(announcer, text), settle);
}
