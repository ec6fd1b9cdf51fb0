// The package with ready-made binaries, put beside the bundles: it cannot be part of one. Knows no other package.
import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** Datagrams over unix sockets. Its binaries are packages of their own, of which npm installs the platform's. */
export const nativePackage = "node-unix-socket";

/** Copies the package and the binaries that are installed to `dist/node_modules`, where the bundles find them. */
export async function copyNative() {
  const target = "dist/node_modules";
  await rm(target, { recursive: true, force: true });
  for (const name of await readdir("node_modules")) {
    if (name !== nativePackage && !name.startsWith(`${nativePackage}-`)) continue;
    await cp(join("node_modules", name), join(target, name), {
      recursive: true,
      dereference: true,
      filter: (file) => !/\.(?:map|d\.ts|toml|md)$|config\.js|tsconfig|\.git/i.test(file),
    });
  }
}
