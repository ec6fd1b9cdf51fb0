// The words after `dkron-emitter`, read into options. It must not start anything.
import { isVersion, newestVersion } from "../../../server/src/catalog/versions.ts";
import { type Address, EmitterError, parseAddress } from "./addresses.ts";

export type Arguments =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "scenarios" }
  | LiveArguments
  | ReplayArguments;

export type Targets = { readonly statsd?: Address; readonly dogstatsd?: Address };

export type ReplayArguments = Targets & {
  readonly kind: "replay";
  readonly http: Address;
  readonly folder: string;
  readonly speed: number;
};

export type LiveArguments = Targets & {
  readonly kind: "live";
  readonly http: Address;
  readonly version: string;
  readonly servers: number;
  readonly workers: number;
  readonly seed: number;
  readonly speed: number;
  readonly tags: readonly string[];
  /** Name of a scenario or path of a file. */
  readonly scenario?: string;
};

export const usage = `dkron-emitter: a stand-in for a Dkron cluster, on this machine only

  --http HOST:PORT       where the first server answers /metrics and the HTTP API (127.0.0.1:8080; port 0: any)
  --statsd HOST:PORT     send StatsD packets there
  --dogstatsd HOST:PORT  send DogStatsD packets there
  --tag NAME:VALUE       a global DogStatsD tag; may be repeated
  --dkron-version X.Y.Z  pass for this version of Dkron (${newestVersion()})
  --servers N            servers of the cluster (1); each has its own address
  --workers N            agents without HTTP (none; one beside several servers)
  --scenario NAME|FILE   play a scenario: its name, or a YAML file
  --scenarios            list the scenarios
  --seed N               the same seed gives the same history (1)
  --speed N              let time go N times as fast (1)
  --replay FOLDER        play a recorded session instead of a cluster
  --help, --version
`;

type Flags = ReadonlyMap<string, readonly string[]>;

/** Beyond it the cluster's history takes longer to make than it lasts, and the process would answer nobody. */
const fastest = 1000;

const switches = new Set(["--help", "--version", "--scenarios", "-h"]);
const valued = new Set([
  "--http",
  "--statsd",
  "--dogstatsd",
  "--tag",
  "--dkron-version",
  "--servers",
  "--workers",
  "--scenario",
  "--seed",
  "--speed",
  "--replay",
]);

/** Throws EmitterError with a sentence for anything that cannot be read. */
export function parseArguments(words: readonly string[]): Arguments {
  const flags = flagsOf(words);
  if (flags.has("--help") || flags.has("-h")) return { kind: "help" };
  if (flags.has("--version")) return { kind: "version" };
  if (flags.has("--scenarios")) return { kind: "scenarios" };
  const http = parseAddress(last(flags, "--http") ?? "127.0.0.1:8080", "--http");
  const speed = numberOf(flags, "--speed", 1, { above: 0, most: fastest });
  const targets = { ...target(flags, "statsd"), ...target(flags, "dogstatsd") };
  const folder = last(flags, "--replay");
  if (folder !== undefined) return { kind: "replay", http, speed, folder, ...targets };
  const servers = numberOf(flags, "--servers", 1, { above: 0, whole: true, most: 15 });
  const scenario = last(flags, "--scenario");
  return {
    kind: "live",
    http,
    speed,
    ...targets,
    version: versionOf(flags),
    servers,
    workers: numberOf(flags, "--workers", servers > 1 ? 1 : 0, { above: -1, whole: true, most: 100 }),
    seed: numberOf(flags, "--seed", 1, { above: Number.NEGATIVE_INFINITY, whole: true }),
    tags: flags.get("--tag") ?? [],
    ...(scenario === undefined ? {} : { scenario }),
  };
}

function flagsOf(words: readonly string[]): Flags {
  const flags = new Map<string, string[]>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const [name = "", attached] = splitOnce(word);
    const value = valued.has(name) ? (attached ?? words[++index]) : "";
    if (!valued.has(name) && !switches.has(word))
      throw new EmitterError("bad-option", `There is no option "${word}": see dkron-emitter --help.`);
    if (value === undefined || (attached === undefined && value.startsWith("--")))
      throw new EmitterError("bad-option", `${name} has no value: see dkron-emitter --help.`);
    flags.set(name, [...(flags.get(name) ?? []), value]);
  }
  return flags;
}

/** `--name=value` as two. */
function splitOnce(word: string): [string, string | undefined] {
  const mark = word.indexOf("=");
  return mark === -1 ? [word, undefined] : [word.slice(0, mark), word.slice(mark + 1)];
}

function last(flags: Flags, name: string): string | undefined {
  return flags.get(name)?.at(-1);
}

function target(flags: Flags, name: "statsd" | "dogstatsd"): Targets {
  const text = last(flags, `--${name}`);
  return text === undefined ? {} : { [name]: parseAddress(text, `--${name}`) };
}

type Limits = { readonly above: number; readonly whole?: boolean; readonly most?: number };

function numberOf(flags: Flags, name: string, fallback: number, limits: Limits): number {
  const text = last(flags, name);
  if (text === undefined) return fallback;
  const value = Number(text);
  const { above, whole = false, most = Number.MAX_SAFE_INTEGER } = limits;
  if (
    text.trim() !== "" &&
    Number.isFinite(value) &&
    value > above &&
    value <= most &&
    (!whole || Number.isInteger(value))
  )
    return value;
  const kind = whole ? "whole number" : "number";
  const low = Number.isFinite(above) ? ` ${whole ? `from ${above + 1}` : `above ${above}`}` : "";
  const high = most < Number.MAX_SAFE_INTEGER ? `${whole ? " to" : ", at most"} ${most}` : "";
  throw new EmitterError("bad-option", `${name} "${text}" is no ${kind}${low}${high}.`);
}

function versionOf(flags: Flags): string {
  const text = last(flags, "--dkron-version") ?? newestVersion();
  if (isVersion(text)) return text;
  throw new EmitterError(
    "bad-option",
    `--dkron-version "${text}" is no version of Dkron: write three numbers such as ${newestVersion()}.`,
  );
}
