/** Type of a bigint column (pg_type.dat of PostgreSQL). */
export const BIGINT_OID = 20;

/**
 * Reads a bigint as a number. Both drivers would give text or a BigInt; ours are times and ids, far below 2^53.
 * @throws RangeError for a number that a double cannot hold exactly
 */
export function readSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is beyond 2^53`);
  return value;
}
