// Address templates of dkron.yml: what go-sockaddr 1.0.7 says of each, behind its quotations of the text.
import { expect, test } from "vitest";
import { templateFault } from "../../server/src/language/addressTemplate.ts";
import { mendTemplate } from "../../server/src/language/mendAddress.ts";

const parse = (text: string, reason: string): string =>
  `unable to parse address template ${JSON.stringify(text)}: unable to parse template ${JSON.stringify(text)}: template: sockaddr.Parse:${reason}`;
const execute = (text: string, place: string, name: string, wanted: number, given: number): string =>
  `unable to parse address template ${JSON.stringify(text)}: unable to execute sockaddr input ${JSON.stringify(text)}: ` +
  `template: sockaddr.Parse:${place}: executing "sockaddr.Parse" at <${name}>: wrong number of args for ${name}: want ${wanted} got ${given}`;

test.each([
  ["{{ GetPrivateIP() }}:8946", '1: unexpected "(" in operand'],
  ["{{ GetPrivateIP; }}:8946", "1: bad character U+003B ';'"],
  ["{{ GetPrivateIP, }}:8946", '1: unexpected "," in operand'],
  ["{{ GetPrivateIP + 1 }}:8946", '1: illegal number syntax: "+"'],
  ["{{{ GetPrivateIP }}:8946", '1: unexpected "{" in command'],
  ["{{ GetPrivateIP }", '1: unexpected "}" in operand'],
  ["{{ GetPrivateIP:8946", "1: expected :="],
  ["{{ GetPrivateIp }}", '1: function "GetPrivateIp" not defined'],
  ["{{ GetInterfaceIP eth0 }}", '1: function "eth0" not defined'],
  ["{{ GetInterfaceIP 'eth0' }}", "1: malformed character constant: 'eth0'"],
  ['{{ GetInterfaceIP "eth0 }}', "1: unterminated quoted string"],
  ["{{ with GetPrivateIP }}{{ . }}:8946", "1: unexpected EOF"],
  ["{{ end }}", "1: unexpected {{end}}"],
  ["{{ if }}", "1: missing value for if"],
  ["{{ humanize 1 }}", '1: function "humanize" not defined'],
  ["{{ $labels }}", '1: undefined variable "$labels"'],
])("%s cannot be parsed", (text, reason) => {
  expect(templateFault(text)).toBe(parse(text, reason));
});

test.each([
  ['{{ GetInterfaceIP "eth0" "eth1" }}:8946', "1:3", "GetInterfaceIP", 1, 2],
  ["{{ GetInterfaceIP }}", "1:3", "GetInterfaceIP", 1, 0],
  ['{{ GetPrivateIP "x" }}', "1:3", "GetPrivateIP", 0, 1],
  ['{{ GetAllInterfaces | include "network" | attr "address" }}', "1:22", "include", 3, 2],
  ['{{ GetPrivateInterfaces | sort | join "address" " " }}', "1:26", "sort", 2, 1],
  ['{{ GetPrivateInterfaces | join "address" }}', "1:26", "join", 3, 2],
  ['{{ attr "address" }}', "1:3", "attr", 2, 1],
  ['ü{{ attr "address" (GetPrivateInterfaces | limit) }}', "1:44", "limit", 2, 1],
])("%s is called wrongly", (text, place, name, wanted, given) => {
  expect(templateFault(text)).toBe(execute(text, place, name, wanted, given));
});

test.each([
  ["{{ GetAllInterfaces }}", "multiple addresses found (…), please configure one"],
  ["{{ GetPrivateIP }} :8946", 'multiple addresses found ("… :8946"), please configure one'],
  ["10.0.0.5 10.0.0.6", 'multiple addresses found ("10.0.0.5 10.0.0.6"), please configure one'],
])("%s gives several", (text, said) => {
  expect(templateFault(text)).toBe(said);
});

test.each([
  "10.0.0.5:8946",
  "{{ GetPrivateIP }}:8946",
  "{{GetPrivateIP}}",
  "{{- GetPrivateIP -}}",
  "{{/* which */}}{{ GetPublicIP }}",
  '{{ GetInterfaceIP "eth0" }}:8946',
  "{{ GetInterfaceIP `eth0` }}",
  '{{ GetAllInterfaces | include "network" "10.0.0.0/8" | attr "address" }}',
  '{{ GetPrivateInterfaces | exclude "flags" "loopback" | sort "-size" | limit 1 | join "address" " " }}',
  "{{ with GetPrivateIP }}{{ . }}{{ end }}:8946",
  "{{ if true }}10.0.0.5{{ else }}{{ GetInterfaceIP }}{{ end }}",
  '{{ printf "%s:8946" GetPrivateIP }}',
  "{{ $ip := GetPrivateIP }}{{ $ip }}",
])("%s is one", (text) => {
  expect(templateFault(text)).toBeUndefined();
});

test.each([
  ["{{ GetPrivateIP() }}:8946", "{{ GetPrivateIP }}:8946"],
  ["{{ GetPrivateIP; }}", "{{ GetPrivateIP }}"],
  ["{{ GetPrivateIp }}", "{{ GetPrivateIP }}"],
  ["{{ GetInterfaceIP eth0 }}", '{{ GetInterfaceIP "eth0" }}'],
  ["{{ GetPrivateIP }:8946", "{{ GetPrivateIP }}:8946"],
  ["{{ GetPrivateIP }}", undefined],
  ["{{ end }}", undefined],
])("%s is mended to %s", (text, mended) => {
  expect(mendTemplate(text)).toBe(mended);
});
