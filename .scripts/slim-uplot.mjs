// Leaves out of uPlot what the panel never asks for: it draws its lines itself, so that of the ways to build a path, of
// dates and of other scales nothing is needed. Knows uPlot's last lines, and says so when they are others.
import { readFile } from "node:fs/promises";

/** Texts that keep alive what nothing else does, with what stands in their place. @type {[text: string, instead: string][]} */
const unused = [
  ["const linearPath = linear() ;", "const linearPath = undefined;"],
  ["const pointsPath = points() ;", "const pointsPath = retNull;"],
  ["\t\tpoints,\n", ""],
  ["(paths.linear  = linear);", ""],
  ["(paths.stepped = stepped);", ""],
  ["(paths.bars    = bars);", ""],
  ["(paths.spline  = monotoneCubic);", ""],
  ["uPlot.assign = assign;", ""],
  ["uPlot.rangeLog = rangeLog;", ""],
  ["uPlot.rangeAsinh = rangeAsinh;", ""],
  ["uPlot.addGap = addGap;", ""],
  ["uPlot.join = join;", ""],
  ["uPlot.fmtDate = fmtDate;", ""],
  ["uPlot.tzDate  = tzDate;", ""],
];

/** @type {import("esbuild").Plugin} */
export const slimUplot = {
  name: "slim-uplot",
  setup({ onLoad }) {
    onLoad({ filter: /uPlot\.esm\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const [text, instead] of unused) {
        if (contents.split(text).length !== 2) throw new Error(`uPlot has not "${text}" once: see slim-uplot.mjs.`);
        contents = contents.replace(text, instead);
      }
      return { contents, loader: "js" };
    });
  },
};
