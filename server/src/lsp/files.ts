// What the server may ask of the file system, as an interface: a web worker has none. Knows no implementation.

/** A file as it is on disk. `uri` is a `file:` URI. */
export type FileText = { readonly uri: string; readonly text: string };

export type Files = {
  /** YAML files below the folders, within limits of number and size; unreadable ones are left out. */
  readonly yamlFiles: (folderUris: readonly string[]) => AsyncIterable<FileText>;
  /** One file's text; `undefined` where it is absent or cannot be read. */
  readonly read: (uri: string) => Promise<string | undefined>;
  /** Names directly inside a folder, folders with a trailing slash; empty where there is none. */
  readonly list: (folderUri: string) => Promise<readonly string[]>;
};

/** For hosts without a file system: open documents are all there is. */
export const noFiles: Files = {
  yamlFiles: async function* () {},
  read: async () => undefined,
  list: async () => [],
};
