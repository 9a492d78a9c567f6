import { ByteBuffer } from './byte-buffer.ts';

/** A column of a Native block: gathers values, then writes itself (ClickHouse, src/DataTypes/Serializations). */
export interface Column {
  readonly type: string;
  writeTo(out: ByteBuffer): void;
}

/** FixedString(n). */
export class FixedColumn implements Column {
  readonly type: string;
  readonly #bytes: ByteBuffer;
  constructor(type: string, rows: number, width: number) {
    this.type = type;
    this.#bytes = new ByteBuffer(rows * width);
  }
  push(value: Uint8Array): void {
    this.#bytes.few(value);
  }
  writeTo(out: ByteBuffer): void {
    out.raw(this.#bytes.view());
  }
}

/** Whole typed arrays whose layout is the wire's already (little endian machines only, as all of Node's are). */
export class ArrayColumn implements Column {
  readonly type: string;
  readonly #values: Uint8Array | Int8Array | Uint16Array | Uint32Array | BigUint64Array | BigInt64Array;
  constructor(
    type: string,
    values: Uint8Array | Int8Array | Uint16Array | Uint32Array | BigUint64Array | BigInt64Array,
  ) {
    this.type = type;
    this.#values = values;
  }
  writeTo(out: ByteBuffer): void {
    const { buffer, byteOffset, byteLength } = this.#values;
    out.raw(new Uint8Array(buffer, byteOffset, byteLength));
  }
}

export class StringColumn implements Column {
  readonly type = 'String';
  readonly #bytes: ByteBuffer;
  constructor(rows: number) {
    this.#bytes = new ByteBuffer(rows * 16);
  }
  push(value: string): void {
    this.#bytes.text(value);
  }
  writeTo(out: ByteBuffer): void {
    out.raw(this.#bytes.view());
  }
}

const DICTIONARY_VERSION = 1;
const HAS_ADDITIONAL_KEYS = 0x200;
const NEEDS_DICTIONARY_UPDATE = 0x400;

/** Values of LowCardinality(String): every text once, then small numbers. */
export class Dictionary {
  readonly #index = new Map<string, number>([['', 0]]);
  #codes: Uint32Array;
  #length = 0;
  #lastValue = '';
  #lastCode = 0;

  constructor(rows: number) {
    this.#codes = new Uint32Array(Math.max(16, rows));
  }

  push(value: string): void {
    // Neighbours often say the same: the service, the scope, the version.
    if (value !== this.#lastValue) {
      this.#lastCode = this.#codeOf(value);
      this.#lastValue = value;
    }
    if (this.#length === this.#codes.length) {
      const grown = new Uint32Array(this.#codes.length * 2);
      grown.set(this.#codes);
      this.#codes = grown;
    }
    this.#codes[this.#length++] = this.#lastCode;
  }

  #codeOf(value: string): number {
    const known = this.#index.get(value);
    if (known !== undefined) return known;
    const code = this.#index.size;
    this.#index.set(value, code);
    return code;
  }

  writePrefix(out: ByteBuffer): void {
    out.uint64(DICTIONARY_VERSION);
  }

  /** An empty dictionary writes nothing, as ClickHouse reads nothing for zero rows. */
  writeBody(out: ByteBuffer): void {
    if (this.#length === 0) return;
    const size = this.#index.size;
    const width = size <= 0xff ? 0 : size <= 0xffff ? 1 : 2;
    out.uint64(HAS_ADDITIONAL_KEYS + NEEDS_DICTIONARY_UPDATE + width);
    out.uint64(size);
    for (const text of this.#index.keys()) out.text(text);
    out.uint64(this.#length);
    const codes = this.#codes.subarray(0, this.#length);
    const narrow = width === 0 ? Uint8Array.from(codes) : width === 1 ? Uint16Array.from(codes) : codes;
    out.raw(new Uint8Array(narrow.buffer, narrow.byteOffset, narrow.byteLength));
  }
}

export class LowCardinalityColumn implements Column {
  readonly type = 'LowCardinality(String)';
  readonly #dictionary: Dictionary;
  constructor(rows: number) {
    this.#dictionary = new Dictionary(rows);
  }
  push(value: string): void {
    this.#dictionary.push(value);
  }
  writeTo(out: ByteBuffer): void {
    this.#dictionary.writePrefix(out);
    this.#dictionary.writeBody(out);
  }
}

/** Map(LowCardinality(String), String) from flat pairs: key, value, key, value. */
export class AttributesColumn implements Column {
  readonly type = 'Map(LowCardinality(String), String)';
  #offsets: BigUint64Array;
  readonly #keys: Dictionary;
  readonly #values: ByteBuffer;
  #rows = 0;
  #pairs = 0;

  constructor(rows: number) {
    this.#offsets = new BigUint64Array(Math.max(16, rows));
    this.#keys = new Dictionary(rows * 8);
    this.#values = new ByteBuffer(rows * 128);
  }

  push(pairs: readonly string[]): void {
    for (let index = 0; index + 1 < pairs.length; index += 2) {
      this.#keys.push(pairs[index] ?? '');
      this.#values.text(pairs[index + 1] ?? '');
    }
    this.#pairs += pairs.length >> 1;
    if (this.#rows === this.#offsets.length) {
      const grown = new BigUint64Array(this.#offsets.length * 2);
      grown.set(this.#offsets);
      this.#offsets = grown;
    }
    this.#offsets[this.#rows++] = BigInt(this.#pairs);
  }

  writeTo(out: ByteBuffer): void {
    this.#keys.writePrefix(out);
    out.raw(new Uint8Array(this.#offsets.buffer, 0, this.#rows * 8));
    this.#keys.writeBody(out);
    out.raw(this.#values.view());
  }
}
