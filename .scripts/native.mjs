// The packages with ready-made binaries, put beside the bundles: they cannot be part of one. Knows no other package.
import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** Datagrams over unix sockets; npm installs the one for the platform, if there is one. */
const prefix = "node-unix-socket-";

/** Names of those that are installed. */
export async function nativePackages() {
  return (await readdir("node_modules")).filter((name) => name.startsWith(prefix));
}

/** Copies them to `dist/node_modules`, where the bundles find them. */
export async function copyNative() {
  const target = "dist/node_modules";
  await rm(target, { recursive: true, force: true });
  for (const name of await nativePackages())
    await cp(join("node_modules", name), join(target, name), { recursive: true, dereference: true });
}
