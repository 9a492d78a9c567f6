/**
 * Exact shares. A target is an integer number of hundred-millionths, so that 99.9 % is 99_900_000 and no verdict
 * ever depends on a binary fraction: in IEEE doubles (1 - 0.9) * 10 is less than 1, and one bad of ten would be a breach.
 */
export type SharePoints = number;

export const ONE_SHARE: SharePoints = 100_000_000;

/**
 * Reads `99.9%`, `99.9 %` or a fraction such as `0.999`, exactly.
 * @returns hundred-millionths, or undefined when it is no share in 0..1 or finer than a hundred-millionth
 */
export function parseShare(text: string): SharePoints | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,8}))?\s*(%?)$/.exec(text.trim());
  if (match === null) return undefined;
  const percent = match[3] === '%';
  const decimals = match[2] ?? '';
  const places = percent ? 6 : 8;
  if (decimals.length > places) return undefined;
  const points = Number(`${match[1]}${decimals.padEnd(places, '0')}`);
  return points <= ONE_SHARE ? points : undefined;
}

/** Writes hundred-millionths as a percentage without loss: 99_900_000 is `99.9%`. */
export function formatShare(points: SharePoints): string {
  const whole = Math.trunc(points / 1_000_000);
  const decimals = String(points % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return decimals === '' ? `${whole}%` : `${whole}.${decimals}%`;
}

/** Hundred-millionths as a decimal fraction, for answers on the wire: 99_900_000 is 0.999. */
export function shareToNumber(points: SharePoints): number {
  return points / ONE_SHARE;
}
