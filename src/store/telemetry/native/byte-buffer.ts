/** Bytes that grow as they are written; little endian, as ClickHouse's Native format wants them. */
export class ByteBuffer {
  #bytes: Buffer;
  #length = 0;

  constructor(capacity = 1024) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.#length;
  }

  reserve(extra: number): void {
    const needed = this.#length + extra;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }

  byte(value: number): void {
    this.reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** LEB128, for lengths. */
  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  uint64(value: number): void {
    this.reserve(8);
    this.#bytes.writeUInt32LE(value >>> 0, this.#length);
    this.#bytes.writeUInt32LE(Math.floor(value / 4_294_967_296), this.#length + 4);
    this.#length += 8;
  }

  /** Length and UTF-8 bytes. Short ASCII, the usual case, is written without a call into the runtime. */
  text(value: string): void {
    const length = value.length;
    if (length < 128 && this.#shortAscii(value, length)) return;
    const bytes = Buffer.byteLength(value);
    this.varint(bytes);
    this.reserve(bytes);
    this.#bytes.write(value, this.#length, bytes, 'utf8');
    this.#length += bytes;
  }

  /** A few bytes, such as an id: cheaper one by one than by a call into the runtime. */
  few(bytes: Uint8Array): void {
    const length = bytes.length;
    this.reserve(length);
    const target = this.#bytes;
    const at = this.#length;
    for (let index = 0; index < length; index++) target[at + index] = bytes[index] ?? 0;
    this.#length = at + length;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What was written so far, without a copy. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #shortAscii(value: string, length: number): boolean {
    this.reserve(length + 1);
    const bytes = this.#bytes;
    let at = this.#length + 1;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code > 127) return false;
      bytes[at++] = code;
    }
    bytes[this.#length] = length;
    this.#length = at;
    return true;
  }
}
