import { cutText } from './cut-text.ts';
import { doubleJson } from './double-json.ts';
import type { JsonChecks, JsonObject } from './json-checks.ts';
import { otlpLimits } from './limits.ts';

/** Base64 of 3 bytes is 4 characters: more bytes would be cut anyway. */
const BASE64_BYTES = Math.floor(otlpLimits.valueBytes / 4) * 3;

/** Reads attribute values of one payload, to the same texts as {@link ProtobufValues}. */
export class JsonValues {
  /** Set when a value was nested too deep; the reader of the span takes it back. */
  tooDeep = false;
  readonly #checks: JsonChecks;

  constructor(checks: JsonChecks) {
    this.#checks = checks;
  }

  /** The pairs of a list of KeyValue; those beyond the limit or without a key are left out. */
  attributes(list: unknown, what: string, pairs: string[]): void {
    for (const item of this.#checks.list(list, what)) {
      if (pairs.length >= otlpLimits.attributes * 2) return;
      const pair = this.#checks.object(item, what);
      if (pair === undefined) continue;
      const key = cutText(this.#checks.text(pair.key, `${what}.key`), otlpLimits.keyBytes);
      const value = this.#value(this.#checks.object(pair.value, key));
      if (key !== '') pairs.push(key, value);
    }
  }

  /** An AnyValue as text. */
  #value(value: JsonObject | undefined): string {
    if (value === undefined) return '';
    if (present(value.stringValue)) return this.#text(value.stringValue);
    if (present(value.arrayValue) || present(value.kvlistValue)) {
      return cutText(this.#json(value, 1), otlpLimits.valueBytes);
    }
    if (present(value.doubleValue)) return String(this.#checks.double(value.doubleValue, 'doubleValue'));
    return this.#scalar(value) ?? '';
  }

  /** A member that reads the same outside and inside of JSON text. */
  #scalar(value: JsonObject): string | undefined {
    if (present(value.intValue)) return this.#checks.int64Text(value.intValue, 'intValue');
    if (present(value.boolValue)) return String(this.#checks.bool(value.boolValue, 'boolValue'));
    if (present(value.bytesValue)) return this.#checks.base64(value.bytesValue, 'bytesValue', BASE64_BYTES);
    return undefined;
  }

  #text(value: unknown): string {
    return cutText(this.#checks.text(value, 'stringValue'), otlpLimits.valueBytes);
  }

  /** An AnyValue within an array or a map, as JSON. */
  #json(value: JsonObject | undefined, depth: number): string {
    if (depth > otlpLimits.valueDepth) {
      this.tooDeep = true;
      return 'null';
    }
    if (value === undefined) return 'null';
    if (present(value.stringValue)) return JSON.stringify(this.#text(value.stringValue));
    if (present(value.arrayValue)) return this.#array(value.arrayValue, depth);
    if (present(value.kvlistValue)) return this.#map(value.kvlistValue, depth);
    if (present(value.doubleValue)) return doubleJson(this.#checks.double(value.doubleValue, 'doubleValue'));
    const text = this.#scalar(value) ?? 'null';
    return present(value.bytesValue) ? `"${text}"` : text;
  }

  #array(value: unknown, depth: number): string {
    const list = this.#checks.list(this.#checks.object(value, 'arrayValue')?.values, 'arrayValue.values');
    const read = (item: unknown) => this.#json(this.#checks.object(item, 'arrayValue.values'), depth + 1);
    return `[${joinWhile(list, read)}]`;
  }

  #map(value: unknown, depth: number): string {
    const list = this.#checks.list(this.#checks.object(value, 'kvlistValue')?.values, 'kvlistValue.values');
    const read = (item: unknown) => {
      const pair = this.#checks.object(item, 'kvlistValue.values');
      const key = cutText(this.#checks.text(pair?.key, 'kvlistValue.values.key'), otlpLimits.keyBytes);
      const member = this.#checks.object(pair?.value, key);
      return `${JSON.stringify(key)}:${member === undefined ? 'null' : this.#json(member, depth + 1)}`;
    };
    return `{${joinWhile(list, read)}}`;
  }
}

/** Items with commas between; what is longer than a value may be is cut anyway, so the rest is not read. */
function joinWhile(list: readonly unknown[], read: (item: unknown) => string): string {
  let items = '';
  for (const item of list) {
    if (items.length > otlpLimits.valueBytes) break;
    items += `${items === '' ? '' : ','}${read(item)}`;
  }
  return items;
}

function present(value: unknown): boolean {
  return value !== undefined && value !== null;
}
