// The cloud providers that go-discover knows for `retry-join`, as agents list them at start. Data only.

/** Names for `provider=…`. Source: the agents' log line "Retry join LAN is supported for: …". */
export const providers: readonly string[] = [
  "aliyun",
  "aws",
  "azure",
  "digitalocean",
  "gce",
  "k8s",
  "linode",
  "mdns",
  "os",
  "packet",
  "scaleway",
  "softlayer",
  "tencentcloud",
  "triton",
  "vsphere",
];
