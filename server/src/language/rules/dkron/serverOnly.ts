// dkron/server-only: keys that have no effect on an agent that is no server.
import type { Report } from "../../check.ts";
import { inTextOrder, isServer, isSet, type Setting } from "../../dkronFile.ts";
import type { Fix } from "../../finding.ts";
import { addPair, dkronCheck, keyRange, type Look, replaceValue } from "./shared.ts";

export const dkronServerOnly = dkronCheck({
  id: "dkron/server-only",
  level: "warning",
  title: "A key without an effect on an agent that is no server",
  *look(look): Iterable<Report> {
    const { file } = look;
    if (isServer(file) !== false) return;
    for (const setting of [...file.settings.values()].sort(inTextOrder)) {
      if (!setting.key.serverOnly || setting.key.until !== undefined || isOff(setting, look)) continue;
      const { name } = setting.key;
      yield {
        range: keyRange(setting),
        ...(!loud.has(name) && { severity: "information" as const }),
        message: `${effects[name] ?? `\`${name}\` has no effect on an agent that is no server.`} Add \`server: true\` if this agent is one (unless \`--server\` or DKRON_SERVER says so).`,
        fixes: makeServer(setting, look),
      };
    }
  },
});

/** A key that asks for nothing: `enable-prometheus: false`, an empty text. */
function isOff({ key, result }: Setting, { file }: Look): boolean {
  return result.errors.length > 0 || !isSet(file, key.name) || String(result.value) === key.default;
}

/** Those that people miss: the others stand in files that servers and workers share. */
const loud = new Set(["enable-prometheus", "bootstrap-expect", "http-addr", "bootstrap"]);

const effects: Readonly<Record<string, string>> = {
  "enable-prometheus": "Only a server has HTTP: this agent serves no `/metrics`, and Prometheus cannot scrape it.",
  "bootstrap-expect":
    "Only a server takes part in an election: this agent never has one, and a server that joins it makes it panic with `neither raftInmem or raftStore is initialized`.",
  "http-addr": "Only a server has HTTP: this agent listens nowhere.",
};

function makeServer({ pair }: Setting, { file, text }: Look): Fix[] {
  const server = file.settings.get("server");
  if (server) return replaceValue(server, "true", "Make it a server", false);
  return addPair(file, pair, "server: true", text, "Add server: true", false);
}
