/** A count as it comes over the wire: text above 2^53. */
export type Count = number | string;

const grouped = new Intl.NumberFormat('en-GB');

/** Counts with grouped digits, exact also above 2^53: `12,345`. */
export function formatCount(count: Count): string {
  return grouped.format(typeof count === 'string' ? BigInt(count) : count);
}

/** Part of a whole as a double, good enough for bars and colours. */
export function ratioOf(part: Count, whole: Count): number {
  const total = Number(whole);
  return total > 0 ? Number(part) / total : 0;
}

/** valid - good, exact. */
export function badCount(good: Count, valid: Count): Count {
  const bad = BigInt(valid) - BigInt(good);
  return bad <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(bad) : String(bad);
}

/** Decimals that tell 99.95 % from 99.99 %, but do not print 12.3456 %. */
function decimalsOf(percent: number): number {
  const distance = Math.min(Math.abs(percent), Math.abs(100 - percent));
  if (distance === 0) return 0;
  if (distance >= 10) return 1;
  return distance >= 1 ? 2 : 3;
}

/** A ratio in per cent, rounded down, so that a miss never prints as met: 0.99949 is `99.949%`. */
export function formatPercent(ratio: number): string {
  const percent = ratio * 100;
  const decimals = decimalsOf(percent);
  const factor = 10 ** decimals;
  // The tiny shift undoes the binary error of the multiplication: 0.999 * 100 is 99.9 and not 99.8999.
  return `${(Math.floor(percent * factor + 1e-9) / factor).toFixed(decimals)}%`;
}

/** A share of failures in per cent; above zero it never prints as zero. */
export function formatFailureShare(ratio: number): string {
  if (ratio <= 0) return '0%';
  if (ratio < 0.0001) return '<0.01%';
  return `${(ratio * 100).toFixed(ratio < 0.1 ? 2 : 1)}%`;
}

/** Milliseconds of a request: `0.8 ms`, `42 ms`, `1.24 s`. */
export function formatLatency(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** A burn rate: `0.4×`, `14×`. */
export function formatRate(rate: number | null): string {
  if (rate === null) return '–';
  if (rate > 0 && rate < 0.01) return '<0.01×';
  const decimals = rate >= 100 || Number.isInteger(rate) ? 0 : rate >= 10 ? 1 : 2;
  return `${rate.toFixed(decimals)}×`;
}
