// The .dkron-metrics.yml in force for a file of the command line: the nearest one upwards. Knows no option.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { type Configuration, readConfiguration } from "../language/configuration.ts";
import { configurationNames } from "../language/configurationSchema.ts";
import { openDocument } from "../language/document.ts";
import { isIgnored } from "../language/ignoring.ts";

export type Found = { readonly folder: string; readonly configuration: Configuration };

/** Finds configurations by the folders of files; each is read once. */
export class Configurations {
  readonly #byFolder = new Map<string, Found | undefined>();

  /** That of the nearest folder upwards from an absolute path; throws where there is one that cannot be read. */
  of(path: string): Found | undefined {
    return this.#inFolder(dirname(path));
  }

  #inFolder(folder: string): Found | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const file = configurationNames.map((name) => join(folder, name)).find((candidate) => existsSync(candidate));
    const above = dirname(folder);
    const found = file ? { folder, configuration: read(file) } : above === folder ? undefined : this.#inFolder(above);
    this.#byFolder.set(folder, found);
    return found;
  }
}

function read(file: string): Configuration {
  return readConfiguration(openDocument(pathToFileURL(file).toString(), "", 0, readFileSync(file, "utf8")));
}

/** Whether the configuration leaves the file alone. */
export function leavesAlone({ folder, configuration }: Found, path: string): boolean {
  return isIgnored(configuration, relative(folder, path).replaceAll("\\", "/"));
}
