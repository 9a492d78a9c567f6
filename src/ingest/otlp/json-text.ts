import { malformed } from './malformed.ts';

/**
 * A 64-bit member written as a number too long for a double. The name stands in quotes and before a colon, so text
 * inside of a string never matches: there, quotes are escaped.
 */
const LONG_INTEGER = /("(?:startTimeUnixNano|endTimeUnixNano|timeUnixNano|intValue)"\s*:\s*)(-?\d{16,20})(?=\s*[,}])/g;

/** Bytes as text; those that are no UTF-8 become U+FFFD. @throws VerdantError when it is longer than a string can be */
export function readText(payload: Uint8Array): string {
  try {
    return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8');
  } catch (cause) {
    throw malformed('the text is too long', cause);
  }
}

/** Parses JSON. @throws VerdantError `malformed-payload` with what the parser says */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed(cause instanceof Error ? cause.message : 'it is no JSON', cause);
  }
}

/** The same JSON with the long integers of 64-bit members as text, so that no digit is lost. */
export function quoteLongIntegers(text: string): string {
  return text.replace(LONG_INTEGER, '$1"$2"');
}
