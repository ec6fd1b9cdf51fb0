// The editor's colours as a canvas needs them, and word when they change. Knows no chart.

export type Theme = {
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly background: string;
  /** Colours of series, in the order in which they are taken. */
  readonly series: readonly string[];
  readonly good: string;
  readonly bad: string;
  readonly font: string;
};

const names = ["blue", "orange", "green", "purple", "red", "yellow"] as const;

export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const colour = (name: string, fallback: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || fallback;
  const foreground = colour("editor-foreground", colour("foreground", "#cccccc"));
  return {
    foreground,
    muted: colour("descriptionForeground", foreground),
    grid: colour("contrastBorder", colour("editorWidget-border", colour("panel-border", "rgba(128,128,128,0.25)"))),
    background: colour("editor-background", "#1e1e1e"),
    series: names.map((name, index) =>
      colour(`charts-${name}`, ["#3794ff", "#d18616", "#89d185", "#b180d7", "#f14c4c", "#cca700"][index] ?? foreground),
    ),
    good: colour("charts-green", "#89d185"),
    bad: colour("charts-red", "#f14c4c"),
    font: style.getPropertyValue("--vscode-font-family").trim() || "sans-serif",
  };
}

/** Calls back after the editor has changed its theme. */
export function onThemeChange(changed: () => void): void {
  const watch = { attributes: true, attributeFilter: ["class", "style", "data-vscode-theme-id"] };
  const observer = new MutationObserver(() => requestAnimationFrame(changed));
  observer.observe(document.body, watch);
  observer.observe(document.documentElement, watch);
}
