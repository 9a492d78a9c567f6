import { VerdantError } from '../../contract/errors.ts';

/** The error for a payload of so many parts that reading it would hold up everyone else. */
export function tooManyParts(what: string): VerdantError {
  return new VerdantError('payload-too-large', { message: `The payload holds too many ${what}.` });
}

/** The error for a payload that cannot be decoded as a whole; `what` says where and why. */
export function malformed(what: string, cause?: unknown): VerdantError {
  return new VerdantError('malformed-payload', { message: `The payload could not be decoded: ${what}.`, cause });
}
