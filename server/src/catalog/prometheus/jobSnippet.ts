// A whole job that scrapes Dkron, as the lines of a snippet. Knows no place.
import { data } from "../../../catalog/prometheus/job-snippet.yml";

const { lines } = data as { readonly lines: readonly string[] };

export function jobSnippetLines(address: string): readonly string[] {
  return lines.map((line) => line.replace("ADDRESS", address));
}
