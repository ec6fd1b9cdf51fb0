// dkron/otel-endpoint: an OTLP address with a scheme or a path, where gRPC wants host and port.
import { portFault, splitHostPort } from "../../../catalog/config/address.ts";
import type { Report } from "../../check.ts";
import { textOf } from "../../dkronFile.ts";
import { dkronCheck, quoted, readable, replaceValue, valueRange } from "./shared.ts";

export const dkronOtelEndpoint = dkronCheck({
  id: "dkron/otel-endpoint",
  level: "warning",
  title: "An OTLP address that is not host and port",
  *look({ file }): Iterable<Report> {
    const setting = readable(file, "otel-endpoint");
    const text = textOf(file, "otel-endpoint");
    if (!setting || !text) return;
    const bare = text.replace(/^[a-z]+:\/\/|\/.*$/gi, "");
    const read = splitHostPort(text);
    const good = read.ok && !portFault(read.value.port, "tcp") && !text.includes("/");
    if (good) return;
    yield {
      range: valueRange(setting),
      message: `Traces go out over gRPC, which wants host and port without a scheme or a path; \`${text}\` reaches nothing. Write \`"localhost:4317"\` or the like.`,
      fixes: bare !== text && splitHostPort(bare).ok ? replaceValue(setting, quoted(bare), `Write ${bare}`, true) : [],
    };
  },
});
