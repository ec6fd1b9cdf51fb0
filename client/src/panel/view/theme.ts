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

/** The editor's variables for lines without a meaning, and what stands in where a theme has none. Green and red have a meaning. */
const seriesColours: readonly (readonly [variable: string, fallback: Colour])[] = [
  ["charts-blue", [55, 148, 255]],
  ["charts-orange", [209, 134, 22]],
  ["charts-purple", [177, 128, 215]],
  ["terminal-ansiCyan", [17, 168, 205]],
  ["charts-yellow", [204, 167, 0]],
  ["terminal-ansiBrightMagenta", [214, 112, 214]],
];

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
  const line = (name: string, fallback: Colour): Colour => legible(colour(name, fallback), background, foreground);
  const highContrast = /vscode-high-contrast/.test(document.body.className);
  return {
    foreground: cssColour(foreground),
    muted: text("descriptionForeground") || cssColour(foreground),
    grid: cssColour(foreground, highContrast ? 0.35 : 0.12),
    background: cssColour(background),
    series: seriesColours.map(([name, fallback]) => line(name, fallback)),
    good: line("charts-green", [137, 209, 133]),
    bad: line("charts-red", [241, 76, 76]),
    warning: line("charts-yellow", [204, 167, 0]),
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
