// dkron/needs: keys that have no effect without another one, or beside another one.
import { configKey } from "../../../catalog/config/keys.ts";
import { compareVersions } from "../../../catalog/versions.ts";
import type { Report } from "../../check.ts";
import { inTextOrder, isSet, type Setting } from "../../dkronFile.ts";
import { addPair, dkronCheck, inWords, keyRange, type Look, removePair } from "./shared.ts";

export const dkronNeeds = dkronCheck({
  id: "dkron/needs",
  level: "warning",
  title: "A key without an effect because another one is missing",
  *look(look): Iterable<Report> {
    const { file, version } = look;
    for (const setting of [...file.settings.values()].sort(inTextOrder)) {
      const { key } = setting;
      if (!isSet(file, key.name) || compareVersions(version, key.since ?? "0") < 0) continue;
      const missing = key.needs.filter((name) => !isSet(file, name) && !stoodInFor(name, look));
      if (missing.length > 0) yield without(setting, missing, look);
    }
    yield* joinBeside(look);
    yield* mailLogin(look);
  },
});

/** Before 3.2.0 `webhook-url` is what `webhook-endpoint` is since; afterwards another check speaks of it. */
const stoodInFor = (name: string, { file }: Look): boolean => name === "webhook-endpoint" && isSet(file, "webhook-url");

/** Two keys that are nothing without each other, and those that only add to them. */
const halves = new Set([
  "mail-host",
  "mail-port",
  "webhook-endpoint",
  "webhook-payload",
  "pre-webhook-endpoint",
  "pre-webhook-payload",
  "dog-statsd-tags",
  "retry-interval",
  "retry-max",
]);

const ready: Readonly<Record<string, string>> = {
  "mail-port": "mail-port: 25",
  "webhook-payload": 'webhook-payload: \'{"job": "{{.JobName}}", "success": {{.Success}}}\'',
  "pre-webhook-payload": 'pre-webhook-payload: \'{"job": "{{.JobName}}"}\'',
  "dog-statsd-addr": 'dog-statsd-addr: "localhost:8125"',
};

function without(setting: Setting, missing: readonly string[], { file, text, version }: Look): Report {
  const { name } = setting.key;
  const names = inWords(missing.map((key) => `\`${key}\``));
  const early = missing.find((key) => compareVersions(version, configKey(key)?.since ?? "0") < 0);
  const entry = missing.length === 1 ? ready[missing[0] ?? ""] : undefined;
  return {
    range: keyRange(setting),
    ...(!halves.has(name) && { severity: "information" as const }),
    message: `\`${name}\` has no effect without ${names}${early ? `, which ${version} does not know` : ""}. Set ${names}, or remove it.`,
    fixes: entry && !early ? addPair(file, setting.pair, entry, text, `Add ${missing[0]}`, false) : [],
  };
}

function* joinBeside({ file, text }: Look): Iterable<Report> {
  const join = file.settings.get("join");
  if (!join || !isSet(file, "join") || !isSet(file, "retry-join")) return;
  yield {
    range: keyRange(join),
    message: "`join` is not looked at while `retry-join` has entries. Move its addresses to `retry-join`.",
    fixes: removePair(file, join.pair, text, "Remove join", false),
    tag: "unnecessary",
  };
}

/** SMTP logs in only with both. */
function* mailLogin({ file }: Look): Iterable<Report> {
  const [user, password] = ["mail-username", "mail-password"].map((name) => isSet(file, name));
  if (user === password || !isSet(file, "mail-host")) return;
  const [there, missing] = user ? ["mail-username", "mail-password"] : ["mail-password", "mail-username"];
  const setting = file.settings.get(there ?? "");
  if (setting)
    yield {
      range: keyRange(setting),
      severity: "information",
      message: `The agent logs in to SMTP only if it has user and password; without \`${missing}\` it sends without either. Set \`${missing}\` here or as ${configKey(missing ?? "")?.env}.`,
      fixes: [],
    };
}
