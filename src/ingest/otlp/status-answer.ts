import { PbfWriter } from 'pbf';
import type { VerdantError } from '../../contract/errors.ts';
import type { OtlpEncoding } from './encoding.ts';

/** HTTP statuses as google.rpc codes (google/rpc/code.proto, "HTTP Mapping"). */
const RPC_CODES: Readonly<Record<number, number>> = {
  400: 3, // INVALID_ARGUMENT
  401: 16, // UNAUTHENTICATED
  403: 7, // PERMISSION_DENIED
  404: 5, // NOT_FOUND
  409: 10, // ABORTED
  413: 8, // RESOURCE_EXHAUSTED
  422: 3, // INVALID_ARGUMENT
  429: 8, // RESOURCE_EXHAUSTED
  500: 13, // INTERNAL
  503: 14, // UNAVAILABLE
};
const UNKNOWN = 2;

/** The body of a 4xx or 5xx: a google.rpc.Status whose message says what is wrong and what to do. */
export function statusAnswer(encoding: OtlpEncoding, error: VerdantError): Buffer {
  const code = RPC_CODES[error.status] ?? UNKNOWN;
  const message = `${error.message} ${error.fix}`;
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code, message }));
  const writer = new PbfWriter();
  writer.writeVarintField(1, code);
  writer.writeStringField(2, message);
  return Buffer.from(writer.finish());
}
