// The editor's colours as a canvas needs them, and word when they change. Knows no chart.
import { type Colour, cssColour, legible, parseColour } from "./colour.ts";

export type Theme = {
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly background: string;
  /** Colours of series, in the order in which they are taken. */
  readonly series: readonly Colour[];
  readonly good: Colour;
  readonly bad: Colour;
  readonly warning: Colour;
  readonly font: string;
  /** Lines are thicker and areas stay empty. */
  readonly highContrast: boolean;
};

const names = ["blue", "orange", "purple", "yellow", "green", "red"] as const;
const fallbacks: Record<(typeof names)[number], Colour> = {
  blue: [55, 148, 255],
  orange: [209, 134, 22],
  purple: [177, 128, 215],
  yellow: [204, 167, 0],
  green: [137, 209, 133],
  red: [241, 76, 76],
};

let known: Theme | undefined;

/** The colours of now: read once, and again after `onThemeChange` has called. */
export function readTheme(): Theme {
  known ??= read();
  return known;
}

function read(): Theme {
  const style = getComputedStyle(document.body);
  const text = (name: string): string => style.getPropertyValue(`--vscode-${name}`).trim();
  const dark = !/vscode-(light|high-contrast-light)/.test(document.body.className);
  const colour = (name: string, fallback: Colour): Colour => parseColour(text(name)) ?? fallback;
  const background = colour("editorWidget-background", dark ? [31, 31, 31] : [255, 255, 255]);
  const foreground = colour("editor-foreground", dark ? [204, 204, 204] : [59, 59, 59]);
  const line = (name: (typeof names)[number]): Colour =>
    legible(colour(`charts-${name}`, fallbacks[name]), background, foreground);
  const highContrast = /vscode-high-contrast/.test(document.body.className);
  return {
    foreground: cssColour(foreground),
    muted: text("descriptionForeground") || cssColour(foreground),
    grid: cssColour(foreground, highContrast ? 0.35 : 0.12),
    background: cssColour(background),
    series: names.map(line),
    good: line("green"),
    bad: line("red"),
    warning: line("yellow"),
    font: text("font-family") || "sans-serif",
    highContrast,
  };
}

/** Calls back after the editor has changed its theme. */
export function onThemeChange(changed: () => void): void {
  const watch = { attributes: true, attributeFilter: ["class", "style", "data-vscode-theme-id"] };
  const observer = new MutationObserver(() =>
    requestAnimationFrame(() => {
      known = undefined;
      changed();
    }),
  );
  observer.observe(document.body, watch);
  observer.observe(document.documentElement, watch);
}
