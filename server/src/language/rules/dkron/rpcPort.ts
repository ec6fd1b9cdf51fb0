// dkron/rpc-port: RPC ports that cannot be opened, or that nobody can reach.
import { portFault, resolvedText, splitHostPort } from "../../../catalog/config/address.ts";
import { goInteger } from "../../../catalog/config/goText.ts";
import type { Report } from "../../check.ts";
import { isServer, numberOf, textOf } from "../../dkronFile.ts";
import { dkronCheck, exits, keyRange, type Look, readable, replaceValue, valueRange } from "./shared.ts";

export const dkronRpcPort = dkronCheck({
  id: "dkron/rpc-port",
  level: "warning",
  title: "An RPC port that cannot be opened or reached",
  *look(look): Iterable<Report> {
    yield* ofRpcPort(look);
    yield* ofAdvertised(look);
  },
});

function* ofRpcPort({ file, version }: Look): Iterable<Report> {
  const setting = readable(file, "rpc-port");
  const port = numberOf(file, "rpc-port") ?? 6868;
  const wrong = portFault(goInteger(port), "tcp");
  if (setting && wrong) {
    yield {
      range: keyRange(setting),
      severity: "error",
      message: `There is no port ${goInteger(port)}. ${exits(version, `listen tcp: ${wrong}`)} Write one up to 65535, such as \`6868\`.`,
      fixes: replaceValue(setting, "6868", "Write 6868", false),
    };
    return;
  }
  const bind = gossipAddress(textOf(file, "bind-addr"));
  const blamed = setting ?? readable(file, "bind-addr");
  if (blamed && String(port) === bind.port) {
    yield {
      range: keyRange(blamed),
      severity: "error",
      message: `Port ${port} is the gossip port of \`bind-addr\` already. ${exits(version, `listen tcp ${bind.host}:${port}: bind: address already in use`)} Write another port, such as \`6868\` here and 8946 in \`bind-addr\`.`,
      fixes: setting && bind.port !== "6868" ? replaceValue(setting, "6868", "Write 6868", false) : [],
    };
  } else if (setting && port === 0 && isServer(file) !== false) {
    yield {
      range: valueRange(setting),
      message:
        "With port 0 the system picks one that nobody is told, so raft never has a leader and no job runs. Write a port, such as `6868`.",
      fixes: replaceValue(setting, "6868", "Write 6868", false),
    };
  }
}

function gossipAddress(text = "{{ GetPrivateIP }}:8946"): { host: string; port: string } {
  const resolved = resolvedText(text);
  const read = splitHostPort(resolved);
  return read.ok ? read.value : { host: resolved.replace(/^\[|\]$/g, ""), port: "8946" };
}

function* ofAdvertised({ file }: Look): Iterable<Report> {
  const setting = readable(file, "advertise-rpc-port");
  const port = numberOf(file, "advertise-rpc-port");
  const own = numberOf(file, "rpc-port") ?? 6868;
  if (!setting || port === undefined || port <= 0 || port === own) return;
  const tooLarge = portFault(goInteger(port), "tcp") !== undefined;
  yield {
    range: valueRange(setting),
    message: tooLarge
      ? `There is no port ${goInteger(port)}, so nobody reaches this agent and raft never has a leader. Write one up to 65535, or remove the key.`
      : `Others are told port ${port}, and the agent listens on ${own}: unless something forwards the one to the other, raft never has a leader. Write \`${own}\`, or remove the key.`,
    fixes: replaceValue(setting, String(own), `Write ${own}`, false),
  };
}
