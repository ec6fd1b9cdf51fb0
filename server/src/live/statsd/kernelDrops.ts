// How many packets the kernel threw away for a UDP socket since it opened, where the system tells: Linux, in /proc/net/udp.
import { readFileSync } from "node:fs";

/** The sum over the sockets on this port; null where there is no such file or no such socket. */
export function kernelDrops(port: number, family: 4 | 6): number | null {
  try {
    return dropsIn(readFileSync(family === 6 ? "/proc/net/udp6" : "/proc/net/udp", "latin1"), port);
  } catch {
    return null;
  }
}

/** The last column of the lines whose local address has this port. */
export function dropsIn(table: string, port: number): number | null {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  let drops: number | null = null;
  for (const line of table.split("\n").slice(1)) {
    const columns = line.trim().split(/\s+/);
    if (columns[1]?.endsWith(suffix)) drops = (drops ?? 0) + Number(columns.at(-1));
  }
  return drops;
}
