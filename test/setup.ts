// For every test file: property tests draw the same examples in each run, so that a red run is red again.
// `PROPERTY_SEED=7 npm run unit` draws others.
import { configureGlobal } from "fast-check";

configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });
