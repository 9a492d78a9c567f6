const LARGEST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/** A count for JSON: a number, or a decimal string above 2^53 - 1, where a JSON number would lose digits (RFC 8259, 6). */
export function countOnWire(count: bigint): number | string {
  return count > LARGEST_EXACT ? count.toString() : Number(count);
}
