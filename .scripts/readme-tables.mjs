// Writes the tables of commands and settings in the README from package.json, so that they never say something else.
// `node .scripts/readme-tables.mjs`; a test holds that they are current.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @typedef {{ command: string, title: string, category?: string }} Command */
/** @typedef {{ type?: string, default?: unknown, description?: string, markdownDescription?: string }} Setting */

/**
 * The README with its tables filled in.
 * @param {string} readme
 * @param {{ contributes: { commands: Command[], configuration: { properties: Record<string, Setting> } } }} manifest
 */
export function withTables(readme, { contributes }) {
  const commands = contributes.commands.map(
    ({ title, command, category }) => `| ${category}: ${title} | \`${command}\` |`,
  );
  const settings = Object.entries(contributes.configuration.properties).map(
    ([name, { default: usual, description, markdownDescription }]) =>
      `| \`${name}\` | \`${JSON.stringify(usual)}\` | ${(markdownDescription ?? description ?? "").replaceAll("|", "\\|")} |`,
  );
  return [
    ["commands", ["| command | id |", "|---|---|", ...commands]],
    ["settings", ["| setting | default | what it does |", "|---|---|---|", ...settings]],
  ].reduce((text, [name, lines]) => between(text, String(name), /** @type {string[]} */ (lines).join("\n")), readme);
}

/**
 * @param {string} text
 * @param {string} name
 * @param {string} table
 */
function between(text, name, table) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start) throw new RangeError(`The README has no place for its ${name}.`);
  return `${text.slice(0, start + open.length)}\n\n${table}\n\n${text.slice(end)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const readme = new URL("../README.md", import.meta.url);
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  writeFileSync(readme, withTables(readFileSync(readme, "utf8"), manifest));
}
