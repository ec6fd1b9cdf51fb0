// Unit tests: everything under test/ but the suites that need a real editor.
import { defineConfig } from "vitest/config";
import { yamlForVite } from "../.scripts/yaml-modules.mjs";

export default defineConfig({
  plugins: [yamlForVite],
  test: {
    root: import.meta.dirname,
    include: ["**/*.test.ts"],
    exclude: ["e2e/**", "bench/**"],
    setupFiles: ["setup.ts"],
    pool: "threads",
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
