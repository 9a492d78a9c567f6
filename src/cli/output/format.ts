/** A count with thin groups of thousands: 1234567 is `1,234,567`. Exact also above 2^53. */
export function formatCount(count: number | string): string {
  return BigInt(count).toLocaleString('en');
}

/** An instant in UTC to the minute: `2026-11-24 11:53Z`. */
export function formatInstant(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z`;
}
