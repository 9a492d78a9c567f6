/** Milliseconds since the Unix epoch as RFC 3339 in UTC, for answers on the wire. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();
