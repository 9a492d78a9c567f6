import { VerdantError } from '../../../contract/errors.ts';

/** ClickHouse error codes that mean something to a user (ErrorCodes.cpp of ClickHouse). */
const TOO_HEAVY = new Set([
  158, // TOO_MANY_ROWS
  159, // TIMEOUT_EXCEEDED
  160, // TOO_SLOW
  241, // MEMORY_LIMIT_EXCEEDED
  307, // TOO_MANY_BYTES
  394, // QUERY_WAS_CANCELLED
  396, // TOO_MANY_ROWS_OR_BYTES
]);
const FULL = new Set([243]); // NOT_ENOUGH_SPACE
const UNAVAILABLE = new Set([
  201, // QUOTA_EXCEEDED
  202, // TOO_MANY_SIMULTANEOUS_QUERIES
  209, // SOCKET_TIMEOUT
  210, // NETWORK_ERROR
  225, // NO_ZOOKEEPER
  242, // TABLE_IS_READ_ONLY
  252, // TOO_MANY_PARTS
  279, // ALL_CONNECTION_TRIES_FAILED
  285, // TOO_FEW_LIVE_REPLICAS
  286, // UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE
  319, // UNKNOWN_STATUS_OF_INSERT
  999, // KEEPER_EXCEPTION
]);

const NO_SPACE = /No space left on device|ENOSPC|errno: 28\b|NOT_ENOUGH_SPACE/;
const UNREACHABLE = /ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|socket hang up|Timeout error/;

/** The number of ClickHouse's error in a message such as `Code: 241. DB::Exception: ...`. */
function codeOf(message: string): number | undefined {
  const match = /Code: (\d+)/.exec(message);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** Tells an error of either engine in the words of the error table. */
export function engineError(cause: unknown): VerdantError {
  if (cause instanceof VerdantError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const declared =
    typeof cause === 'object' && cause !== null && 'code' in cause
      ? Number.parseInt(String(cause.code), 10)
      : Number.NaN;
  const code = codeOf(message) ?? declared;
  if (NO_SPACE.test(message) || FULL.has(code)) return new VerdantError('store-full', { retryAfter: 10, cause });
  if (TOO_HEAVY.has(code)) return new VerdantError('query-too-heavy', { cause });
  if (UNAVAILABLE.has(code) || UNREACHABLE.test(message)) {
    return new VerdantError('store-unavailable', { retryAfter: 5, cause });
  }
  return new VerdantError('internal', { message: `The store failed: ${message.slice(0, 500)}`, cause });
}
