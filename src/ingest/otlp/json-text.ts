import { otlpLimits } from './limits.ts';
import { malformed, tooManyParts } from './malformed.ts';

/**
 * A 64-bit member written as a number too long for a double. The name stands in quotes and before a colon, so text
 * inside of a string never matches: there, quotes are escaped.
 */
const LONG_INTEGER = /("(?:startTimeUnixNano|endTimeUnixNano|timeUnixNano|intValue)"\s*:\s*)(-?\d{16,20})(?=\s*[,}])/g;

const OBJECT = 0x7b;
const ARRAY = 0x5b;

/**
 * Bytes as text; those that are no UTF-8 become U+FFFD.
 * @throws VerdantError when parsing it would take the memory and time of a bomb
 */
export function readText(payload: Uint8Array): string {
  // Fewer bytes cannot hold so many: the usual payload is not looked through.
  if (payload.length > otlpLimits.jsonContainers) refuseBomb(payload);
  try {
    return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8');
  } catch (cause) {
    throw malformed('the text is too long', cause);
  }
}

function refuseBomb(payload: Uint8Array): void {
  let containers = 0;
  // By index: on a Uint8Array, for-of takes ten times as long.
  for (let index = 0; index < payload.length; index++) {
    const byte = payload[index];
    if (byte === OBJECT || byte === ARRAY) containers++;
  }
  if (containers > otlpLimits.jsonContainers) throw tooManyParts('objects and arrays');
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
