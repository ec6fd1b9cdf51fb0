// A scrape body of any size for benches, in the shape that go-metrics and client_golang give it. Knows no bench.

/** Sorted families, summaries half idle, float32 noise. About 71 bytes a series. */
export function bodyOf(series: number, tick: number): Buffer {
  let seed = 7;
  const random = (): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) / 2 ** 24;
  };
  const lines: string[] = [];
  for (let family = 0, count = 0; count < series; family++) {
    const name = `dkron_part_${String(family).padStart(5, "0")}_duration`;
    const type = ["gauge", "counter", "summary"][family % 3];
    lines.push(`# HELP ${name} ${name}`, `# TYPE ${name} ${type}`);
    for (let member = 0; member < 4; member++) {
      const label = `peer_id="cron-${member}"`;
      const value = Math.fround(random() * 1000 + (random() < 0.5 ? tick : 0));
      if (type !== "summary") {
        lines.push(`${name}{${label}} ${type === "counter" ? Math.round(value) : value}`);
        count++;
        continue;
      }
      const idle = random() < 0.5;
      for (const rank of ["0.5", "0.9", "0.99"])
        lines.push(`${name}{${label},quantile="${rank}"} ${idle ? "NaN" : Math.fround(value * Number(rank))}`);
      lines.push(`${name}_sum{${label}} ${value * 7}`, `${name}_count{${label}} ${Math.round(value) + tick}`);
      count += 5;
    }
  }
  return Buffer.from(`${lines.join("\n")}\n`);
}
