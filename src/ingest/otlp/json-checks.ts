import { malformed } from './malformed.ts';

/** A JSON object of unknown members. */
export type JsonObject = Readonly<Record<string, unknown>>;

const NO_ITEMS: readonly unknown[] = [];
const UINT64_MAX = (1n << 64n) - 1n;
const INT64_MIN = -(1n << 63n);
const INT64_MAX = (1n << 63n) - 1n;
const INTEGER = /^-?\d{1,20}$/;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/**
 * Takes JSON values as the protobuf JSON mapping of OTLP means them. Absent and `null` are the default; a value of
 * another type makes the whole payload malformed, as a wrong wire type does in protobuf.
 */
export class JsonChecks {
  /** Set when a number lost digits in JSON.parse: the payload has to be read again with its integers as text. */
  inexact = false;
  readonly #acceptInexact: boolean;

  /** @param acceptInexact true on the second reading: what is still no text was written like 1.7e18 and is taken so */
  constructor(acceptInexact: boolean) {
    this.#acceptInexact = acceptInexact;
  }

  object(value: unknown, what: string): JsonObject | undefined {
    if (value === undefined || value === null) return undefined;
    if (!isObject(value)) throw malformed(`${what} must be an object`);
    return value;
  }

  list(value: unknown, what: string): readonly unknown[] {
    if (value === undefined || value === null) return NO_ITEMS;
    if (!Array.isArray(value)) throw malformed(`${what} must be an array`);
    return value;
  }

  text(value: unknown, what: string): string {
    if (typeof value === 'string') return value;
    if (value === undefined || value === null) return '';
    throw malformed(`${what} must be a string`);
  }

  bool(value: unknown, what: string): boolean {
    if (typeof value === 'boolean') return value;
    throw malformed(`${what} must be true or false`);
  }

  /** Enums are integers, here unsigned; their names are refused (OTLP specification, "JSON Protobuf Encoding"). */
  enumeration(value: unknown, what: string): number {
    if (value === undefined || value === null) return 0;
    if (typeof value === 'number' && (value | 0) === value) return value >>> 0;
    throw malformed(`${what} must be an integer of 32 bits, not a name`);
  }

  /** Unsigned 64 bits, as decimal text or a number. */
  uint64(value: unknown, what: string): bigint {
    if (value === undefined || value === null) return 0n;
    const whole = this.#integer(value, what);
    if (whole < 0n || whole > UINT64_MAX) throw malformed(`${what} does not fit 64 bits`);
    return whole;
  }

  /** Signed 64 bits as decimal text. */
  int64Text(value: unknown, what: string): string {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    const whole = this.#integer(value, what);
    if (whole < INT64_MIN || whole > INT64_MAX) throw malformed(`${what} does not fit 64 bits`);
    return String(whole);
  }

  /** A double; text for what JSON cannot say (`NaN`, `-Infinity`), and for numbers as the mapping allows. */
  double(value: unknown, what: string): number {
    if (typeof value === 'number') return value;
    if (typeof value === 'string') {
      const number = Number(value);
      if (value === 'NaN' || (value.trim() !== '' && !Number.isNaN(number))) return number;
    }
    throw malformed(`${what} must be a number`);
  }

  /** Base64 of the usual or the URL alphabet, written again in the usual one; `maxBytes` of it at most. */
  base64(value: unknown, what: string, maxBytes: number): string {
    const text = this.text(value, what);
    if (!BASE64.test(text)) throw malformed(`${what} must be base64`);
    return Buffer.from(text, 'base64').toString('base64', 0, maxBytes);
  }

  #integer(value: unknown, what: string): bigint {
    if (typeof value === 'string' && INTEGER.test(value)) return BigInt(value);
    if (typeof value === 'number' && Number.isInteger(value)) {
      if (Number.isSafeInteger(value) || this.#acceptInexact) return BigInt(value);
      this.inexact = true;
      return 0n;
    }
    throw malformed(`${what} must be an integer`);
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
