import { PbfWriter } from 'pbf';
import type { OtlpEncoding } from './encoding.ts';

/** What of a payload was not taken. */
export interface ExportOutcome {
  readonly rejected: number;
  readonly reasons: readonly string[];
}

/** Reasons written to the sender; more would only repeat themselves. */
const REASONS = 5;

/**
 * The body of a 200: an ExportTraceServiceResponse. Full success leaves `partial_success` unset: no bytes, or `{}`.
 * The sender must not repeat the payload in either case (OTLP specification, "Partial Success").
 */
export function exportAnswer(encoding: OtlpEncoding, outcome: ExportOutcome): Buffer {
  if (outcome.rejected === 0 && outcome.reasons.length === 0) return Buffer.from(encoding === 'json' ? '{}' : '');
  const message = outcome.reasons.slice(0, REASONS).join('; ');
  if (encoding === 'json') {
    // 64-bit integers are text in protobuf's JSON.
    return Buffer.from(
      JSON.stringify({ partialSuccess: { rejectedSpans: String(outcome.rejected), errorMessage: message } }),
    );
  }
  const writer = new PbfWriter();
  writer.writeMessage(1, writePartialSuccess, { rejected: outcome.rejected, message });
  return Buffer.from(writer.finish());
}

function writePartialSuccess(partial: { rejected: number; message: string }, writer: PbfWriter): void {
  if (partial.rejected > 0) writer.writeVarintField(1, partial.rejected);
  if (partial.message !== '') writer.writeStringField(2, partial.message);
}
