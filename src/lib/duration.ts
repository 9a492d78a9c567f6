/** Units of a written duration, in milliseconds. A day is always 24 h here: rolling windows know no time zone. */
const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/y;

/**
 * Reads a duration such as `300ms`, `90s`, `1h`, `7d` or `1h30m`.
 * @returns milliseconds, or undefined when the text is not a duration greater than zero
 */
export function parseDuration(text: string): number | undefined {
  let total = 0;
  let position = 0;
  while (position < text.length) {
    PART.lastIndex = position;
    const match = PART.exec(text);
    if (match === null) return undefined;
    total += Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? Number.NaN);
    position = PART.lastIndex;
  }
  return total > 0 && Number.isFinite(total) ? total : undefined;
}
