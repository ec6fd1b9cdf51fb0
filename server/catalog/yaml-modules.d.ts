// The shape of an imported `*.yml` file: see .scripts/yaml-modules.mjs, which makes it.
declare module "*.yml" {
  export const data: unknown;
}
