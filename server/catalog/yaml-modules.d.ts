// The shape of an imported `*.yml` file: see .scripts/yaml-modules.mjs, which makes it.
declare module "*.yml" {
  export const data: unknown;
  /** The same, read when it is called and anew each time: for what most starts never look into. */
  export function read(): unknown;
}
