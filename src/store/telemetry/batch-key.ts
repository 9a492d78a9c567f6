import type { StoredSpan } from '../../core/telemetry/stored-span.ts';

const mix = (hash: number, word: number): number => Math.imul(hash ^ word, 0x9e3779b1) ^ (hash >>> 15);

/**
 * A 64-bit number for the spans of a payload, from their ids in their order. A sender that repeats a payload gives the
 * same number, however it is compressed; two payloads within minutes of each other share one by chance in 2^64.
 */
export function batchKey(spans: readonly StoredSpan[]): bigint {
  let low = spans.length;
  let high = 0x85ebca6b;
  for (const { span } of spans) {
    const id = span.spanId;
    const trace = span.traceId;
    const first = (id[0] ?? 0) | ((id[1] ?? 0) << 8) | ((id[2] ?? 0) << 16) | ((id[3] ?? 0) << 24);
    const second = (id[4] ?? 0) | ((id[5] ?? 0) << 8) | ((id[6] ?? 0) << 16) | ((id[7] ?? 0) << 24);
    const third = (trace[12] ?? 0) | ((trace[13] ?? 0) << 8) | ((trace[14] ?? 0) << 16) | ((trace[15] ?? 0) << 24);
    low = mix(mix(low, first), second ^ third);
    high = mix(mix(high, second), first + third);
  }
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
