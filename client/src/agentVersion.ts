// The Dkron version that a setting means. Knows no editor.
import { isVersion, newestVersion, resolveVersion } from "../../server/src/catalog/versions.ts";

/** The newest for `latest` and `auto`. */
export function versionOf(setting: string): string {
  return isVersion(setting) ? resolveVersion(setting) : newestVersion();
}
