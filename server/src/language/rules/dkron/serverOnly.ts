// dkron/server-only: keys that have no effect on an agent that is no server.
import type { Report } from "../../check.ts";
import { inTextOrder, isServer, isSet, type Setting } from "../../dkronFile.ts";
import type { Fix } from "../../finding.ts";
import { addPair, dkronCheck, inWords, keyRange, type Look, replaceValue } from "./shared.ts";

export const dkronServerOnly = dkronCheck({
  id: "dkron/server-only",
  level: "warning",
  title: "A key without an effect on an agent that is no server",
  *look(look): Iterable<Report> {
    const { file } = look;
    if (isServer(file) !== false) return;
    const idle = [...file.settings.values()]
      .filter((setting) => setting.key.serverOnly && setting.key.until === undefined && !isOff(setting, look))
      .sort(inTextOrder);
    for (const setting of idle) {
      const effect = effects[setting.key.name];
      if (effect) yield without(setting, effect, look);
    }
    const others = idle.filter(({ key }) => effects[key.name] === undefined);
    const [first] = others;
    if (!first) return;
    const names = inWords(others.map(({ key }) => `\`${key.name}\``));
    yield without(
      first,
      `${names} ${others.length > 1 ? "have" : "has"} no effect on an agent that is no server.`,
      look,
    );
  },
});

function without(setting: Setting, effect: string, look: Look): Report {
  const advice = "Add `server: true` if this agent is one (unless `--server` or DKRON_SERVER says so).";
  return { range: keyRange(setting), message: `${effect} ${advice}`, fixes: makeServer(setting, look) };
}

/** A key that asks for nothing: `enable-prometheus: false`, an empty text. */
function isOff({ key, result }: Setting, { file }: Look): boolean {
  return result.errors.length > 0 || !isSet(file, key.name) || String(result.value) === key.default;
}

/** What people miss most; all other keys are told of together, because servers and workers often share a file. */
const effects: Readonly<Record<string, string>> = {
  "enable-prometheus": "Only a server has HTTP: this agent serves no `/metrics`, and Prometheus cannot scrape it.",
  "bootstrap-expect":
    "Only a server takes part in an election: this agent never has one, and a server that joins it makes it panic with `neither raftInmem or raftStore is initialized`.",
  bootstrap: "Only a server takes part in an election: this agent never has one.",
  "http-addr": "Only a server has HTTP: this agent listens nowhere.",
};

function makeServer({ pair }: Setting, { file, text }: Look): Fix[] {
  const server = file.settings.get("server");
  if (server) return replaceValue(server, "true", "Make it a server", false);
  return addPair(file, pair, "server: true", text, "Add server: true", false);
}
