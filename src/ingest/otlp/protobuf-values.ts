import { cutEnd, cutText } from './cut-text.ts';
import { doubleJson } from './double-json.ts';
import { otlpLimits } from './limits.ts';
import { TextCache } from './text-cache.ts';
import type { WireReader } from './wire-reader.ts';

/** Tags (`number << 3 | wire type`) of common.proto: AnyValue, ArrayValue, KeyValueList and KeyValue. */
const STRING_VALUE = 10;
const BOOL_VALUE = 16;
const INT_VALUE = 24;
const DOUBLE_VALUE = 33;
const ARRAY_VALUE = 42;
const KVLIST_VALUE = 50;
const BYTES_VALUE = 58;
const LIST_ITEM = 10;
const KEY = 10;
const VALUE = 18;

/** Names and keys apart from values, so that values that never repeat cannot push them out. */
const names = new TextCache();
const values = new TextCache();

/** Base64 of 3 bytes is 4 characters: more bytes would be cut anyway. */
const BASE64_BYTES = Math.floor(otlpLimits.valueBytes / 4) * 3;

/** Reads the values of one payload. */
export class ProtobufValues {
  /** Set when a value was nested too deep; the reader of the span takes it back. */
  tooDeep = false;
  readonly #reader: WireReader;

  constructor(reader: WireReader) {
    this.#reader = reader;
  }

  /** A text that repeats from span to span, cut to `max` bytes. */
  name(max: number): string {
    return this.#text(names, max);
  }

  /** A text that may be anything, cut to the limit of a value. */
  text(): string {
    return this.#text(values, otlpLimits.valueBytes);
  }

  /** Adds a KeyValue to the pairs, unless there are enough or it has no key. */
  attribute(pairs: string[]): void {
    const reader = this.#reader;
    if (pairs.length >= otlpLimits.attributes * 2) {
      reader.position = reader.lengthEnd();
      return;
    }
    const outer = reader.enter();
    let key = '';
    let value = '';
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === KEY) key = this.name(otlpLimits.keyBytes);
      else if (tag === VALUE) value = this.#value();
      else reader.skip(tag);
    }
    reader.leave(outer);
    if (key !== '') pairs.push(key, value);
  }

  /** Adds all attributes, the fields with this tag, of the message that was entered. */
  attributes(attributesTag: number, pairs: string[]): void {
    const reader = this.#reader;
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === attributesTag) this.attribute(pairs);
      else reader.skip(tag);
    }
  }

  #text(cache: TextCache, max: number): string {
    const reader = this.#reader;
    const end = reader.lengthEnd();
    const start = reader.position;
    reader.position = end;
    return cache.read(reader.bytes, start, end - start <= max ? end : cutEnd(reader.bytes, { start, end }, max));
  }

  /** An AnyValue as text. The last member wins, as everywhere in protobuf. */
  #value(): string {
    const reader = this.#reader;
    const outer = reader.enter();
    let text = '';
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === STRING_VALUE) text = this.text();
      else if (tag === ARRAY_VALUE || tag === KVLIST_VALUE) text = cutText(this.#nested(tag, 1), otlpLimits.valueBytes);
      else text = this.#scalar(tag) ?? text;
    }
    reader.leave(outer);
    return text;
  }

  /** A member that is neither text nor nested; undefined (and passed over) when it is none. */
  #scalar(tag: number): string | undefined {
    const reader = this.#reader;
    switch (tag) {
      case BOOL_VALUE:
        return reader.bool() ? 'true' : 'false';
      case INT_VALUE:
        return reader.int64Text();
      case DOUBLE_VALUE:
        return String(reader.double());
      case BYTES_VALUE:
        return this.#base64();
      default:
        reader.skip(tag);
        return undefined;
    }
  }

  #base64(): string {
    const reader = this.#reader;
    const end = reader.lengthEnd();
    const start = reader.position;
    reader.position = end;
    return reader.bytes.toString('base64', start, Math.min(end, start + BASE64_BYTES));
  }

  /** An AnyValue within an array or a map, as JSON. */
  #json(depth: number): string {
    const reader = this.#reader;
    const outer = reader.enter();
    let text = 'null';
    if (depth > otlpLimits.valueDepth) {
      this.tooDeep = true;
      reader.position = reader.limit;
    }
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === STRING_VALUE) text = JSON.stringify(this.text());
      else if (tag === ARRAY_VALUE || tag === KVLIST_VALUE) text = this.#nested(tag, depth);
      else if (tag === DOUBLE_VALUE) text = doubleJson(reader.double());
      else if (tag === BYTES_VALUE) text = `"${this.#base64()}"`;
      else text = this.#scalar(tag) ?? text;
    }
    reader.leave(outer);
    return text;
  }

  /** An ArrayValue or a KeyValueList as JSON; `depth` is that of the value that holds it. */
  #nested(tag: number, depth: number): string {
    const reader = this.#reader;
    const outer = reader.enter();
    let items = '';
    for (let item = reader.tag(); item !== 0; item = reader.tag()) {
      // What is longer than a value may be is cut anyway, so the rest is not read.
      if (item !== LIST_ITEM || items.length > otlpLimits.valueBytes) reader.skip(item);
      else
        items += `${items === '' ? '' : ','}${tag === ARRAY_VALUE ? this.#json(depth + 1) : this.#member(depth + 1)}`;
    }
    reader.leave(outer);
    return tag === ARRAY_VALUE ? `[${items}]` : `{${items}}`;
  }

  /** A KeyValue of a map, as `"key":value`. */
  #member(depth: number): string {
    const reader = this.#reader;
    const outer = reader.enter();
    let key = '';
    let value = 'null';
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === KEY) key = this.name(otlpLimits.keyBytes);
      else if (tag === VALUE) value = this.#json(depth);
      else reader.skip(tag);
    }
    reader.leave(outer);
    return `${JSON.stringify(key)}:${value}`;
  }
}
