import { VerdantError } from '../../contract/errors.ts';

const RETRY_AFTER_SECONDS = 2;

/** SQLSTATE classes and codes (PostgreSQL appendix A) that mean: not now, rather than: wrong statement. */
const UNAVAILABLE = /^(08|57P0[1-5]|53[03]00)/;
const DISK_FULL = '53100';
/** A NUL character in text or JSON: PostgreSQL stores none. */
const NUL_CHARACTER = new Set(['22021', '22P05']);
/** JSON that PostgreSQL cannot read; of ours it is one with half a character, all else was written by JSON.stringify. */
const UNREADABLE_JSON = '22P02';
const UNIQUE_VIOLATION = '23505';
const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ENOENT']);
/** What `pg` says, without a code, when the connection went or none was to be had in time. */
const LOST_CONNECTION = /Connection terminated|timeout exceeded when trying to connect|Client has encountered/;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? text(error.code) : '';
}

function detailOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'detail' in error ? text(error.detail) : '';
}

/** Turns what a driver throws into the errors users know; anything else stays as it is, for it is a mistake of ours. */
export function translateError(error: unknown): unknown {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  if (code === DISK_FULL || code === 'ENOSPC') return new VerdantError('store-full', { cause: error });
  if (NUL_CHARACTER.has(code)) {
    return new VerdantError('invalid-request', { message: 'The text holds a NUL character.', cause: error });
  }
  if (code === UNREADABLE_JSON && /surrogate/.test(detailOf(error))) {
    return new VerdantError('invalid-request', { message: 'The text holds half of a character.', cause: error });
  }
  if (UNAVAILABLE.test(code) || NETWORK_CODES.has(code) || LOST_CONNECTION.test(message)) {
    return new VerdantError('store-unavailable', { cause: error, retryAfter: RETRY_AFTER_SECONDS });
  }
  return error;
}

/** Whether a write was refused because its unique value is taken. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === UNIQUE_VIOLATION;
}
