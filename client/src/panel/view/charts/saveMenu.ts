// The menu of a chart that saves what it shows: as a picture or as its numbers.
import { element } from "../dom.ts";
import { send } from "../host.ts";
import { readTheme } from "../theme.ts";
import type { ChartOptions } from "./chartData.ts";
import { chartCsv, chartJson } from "./chartNumbers.ts";
import { chartPng, chartSvg } from "./chartPictures.ts";
import type { Shown } from "./shown.ts";

const kinds = { png: "Picture (PNG)", svg: "Drawing (SVG)", csv: "Numbers (CSV)", json: "Numbers (JSON)" } as const;
type Kind = keyof typeof kinds;

export function saveMenu(options: ChartOptions, shown: () => Shown): HTMLElement {
  const menu = element("select", { class: "quiet", "aria-label": `Save ${options.title}` });
  menu.append(element("option", { value: "" }, "Save…"));
  for (const [kind, label] of Object.entries(kinds)) menu.append(element("option", { value: kind }, label));
  menu.addEventListener("change", () => {
    const kind = menu.value as Kind | "";
    menu.value = "";
    if (kind !== "") send({ type: "save", name: options.title, kind, content: content(kind, options, shown()) });
  });
  return menu;
}

function content(kind: Kind, options: ChartOptions, shown: Shown): string {
  switch (kind) {
    case "png":
      return chartPng(options, shown, readTheme());
    case "svg":
      return chartSvg(options, shown, readTheme());
    case "csv":
      return chartCsv(shown.data);
    case "json":
      return chartJson(options, shown.data);
  }
}
