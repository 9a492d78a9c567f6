/** Events of a span of time: how many count, and how many of these were good. Exact; only sums are ever made of them. */
export interface Counts {
  readonly good: bigint;
  readonly valid: bigint;
}

/** Events that spend the budget. */
export const badOf = ({ good, valid }: Counts): bigint => valid - good;

/** Sums, never averages: 999 000 of 1 000 000 and 90 of 100 are 999 090 of 1 000 100, that is 99.899 %. */
export function sumCounts(parts: readonly Counts[]): Counts {
  let good = 0n;
  let valid = 0n;
  for (const part of parts) {
    good += part.good;
    valid += part.valid;
  }
  return { good, valid };
}
