// Which documents the server may look at. Of `yaml` files it decides by their content.

export const documentSelector = [
  "dkron-config",
  "prometheus-config",
  "prometheus-rules",
  "prometheus-rules-test",
  "promql",
  "yaml",
].map((language) => ({ language }));
