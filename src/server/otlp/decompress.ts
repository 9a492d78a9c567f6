import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { VerdantError } from '../../contract/errors.ts';
import { malformed } from '../../ingest/otlp/malformed.ts';

const gunzipAsync = promisify(gunzip);

export type ContentCoding = 'identity' | 'gzip';

/** The coding that a Content-Encoding names; undefined for one that is not understood here. */
export function codingOf(contentEncoding: string | undefined): ContentCoding | undefined {
  const coding = contentEncoding?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return 'identity';
  return coding === 'gzip' || coding === 'x-gzip' ? 'gzip' : undefined;
}

/**
 * Takes the compression off a body, on the thread pool.
 * @throws VerdantError `payload-too-large` beyond `maxBytes`, `malformed-payload` when it is no gzip
 */
export async function decompress(body: Buffer, coding: ContentCoding, maxBytes: number): Promise<Buffer> {
  // An empty body is an empty request, whatever the header says of it.
  if (coding === 'identity' || body.length === 0) {
    if (body.length > maxBytes) throw new VerdantError('payload-too-large');
    return body;
  }
  try {
    return await gunzipAsync(body, { maxOutputLength: maxBytes, chunkSize: pieceSize(body) });
  } catch (cause) {
    if (errorCode(cause) === 'ERR_BUFFER_TOO_LARGE') throw new VerdantError('payload-too-large', { cause });
    throw malformed('the body is not whole gzip', cause);
  }
}

const SMALLEST_PIECE = 4096;
const LARGEST_PIECE = 1_048_576;

/**
 * Size of the pieces in which a body is unpacked: the whole of it as gzip itself says at its end (RFC 1952, ISIZE),
 * within bounds, since a sender may lie. Each piece is a trip to the thread pool: at Node's 16 KiB a payload takes dozens.
 */
function pieceSize(body: Buffer): number {
  const said = body.length < 4 ? 0 : body.readUInt32LE(body.length - 4);
  return Math.min(LARGEST_PIECE, Math.max(SMALLEST_PIECE, said + 1));
}

function errorCode(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}
