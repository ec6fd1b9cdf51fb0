// Which files of a workspace a prometheus.yml names under `scrape_config_files`. Prometheus reads of them their jobs alone,
// with the `global` of the file that names them. Judges nothing.
import { type Document, openDocument } from "./document.ts";
import { globPattern } from "./goGlob.ts";
import type { FileFacts, Workspace } from "./workspace.ts";

/** The prometheus.yml that names a file as one of its scrape config files; undefined where none does. */
export function namedBy(uri: string, { files }: Workspace): FileFacts | undefined {
  return files.find((file) => file.scrapeConfigFiles.length > 0 && file.uri !== uri && names(file, uri));
}

/** The scrape config files of a prometheus.yml in the order in which Prometheus reads them, each once. */
export function scrapeFilesOf(main: FileFacts, { files }: Workspace): readonly FileFacts[] {
  const inOrder = files.toSorted((a, b) => (a.uri < b.uri ? -1 : 1));
  const found = main.scrapeConfigFiles.flatMap((glob) => {
    const pattern = patternFrom(main.uri, glob);
    return inOrder.filter(({ uri }) => uri !== main.uri && pattern.test(pathOf(uri)));
  });
  return [...new Set(found)];
}

const names = (main: FileFacts, uri: string): boolean =>
  main.scrapeConfigFiles.some((glob) => patternFrom(main.uri, glob).test(pathOf(uri)));

/** The file as what it is to the prometheus.yml that names it, where its content tells nothing. */
export function asNamed(document: Document, workspace: Workspace): Document {
  const { uri, languageId, version, text, kind } = document;
  if (kind !== "other" || !namedBy(uri, workspace)) return document;
  return openDocument(uri, languageId, version, text, "prometheus-config");
}

/** A relative path begins in the folder of the file that names it. */
export function patternFrom(uri: string, glob: string): RegExp {
  if (glob.startsWith("/")) return globPattern(glob);
  const path = pathOf(uri);
  const folder = path.slice(0, path.lastIndexOf("/") + 1).replace(/[\\*?[]/g, "\\$&");
  const parts: string[] = [];
  for (const part of (folder + glob).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return globPattern(parts.join("/"));
}

/** The path of a `file:` address, decoded. */
export function pathOf(uri: string): string {
  const path = uri.replace(/^file:\/\//, "");
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
