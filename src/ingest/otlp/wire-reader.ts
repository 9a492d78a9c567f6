import { otlpLimits } from './limits.ts';
import { malformed, tooManyParts } from './malformed.ts';

/** Wire types of protobuf (protobuf.dev, "Encoding"); groups (3, 4) are long gone and refused. */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/**
 * Reads the protobuf wire format strictly. The reader of `pbf` neither checks that a field ends within its message nor
 * that it has the wire type of its number, so a damaged payload would become wrong spans instead of an error.
 */
export class WireReader {
  readonly bytes: Buffer;
  position = 0;
  /** End of the message that is being read; no read goes beyond. */
  limit: number;
  readonly #view: DataView;
  #messages = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.limit = bytes.byteLength;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Number and wire type of the next field (`number << 3 | type`), or 0 at the end of the message. */
  tag(): number {
    if (this.position === this.limit) return 0;
    const tag = this.uint32();
    if (tag < 8) throw malformed(`field number 0 at byte ${this.position - 1}`);
    return tag;
  }

  /** The low 32 bits of a varint. */
  uint32(): number {
    if (this.position < this.limit) {
      const first = this.bytes[this.position] ?? 0;
      if (first < 0x80) {
        this.position++;
        return first;
      }
    }
    return this.varintHalf(false);
  }

  bool(): boolean {
    const start = this.position;
    const low = this.uint32();
    if (low !== 0 || this.position === start + 1) return low !== 0;
    this.position = start;
    return this.varintHalf(true) !== 0;
  }

  /** A signed 64-bit varint as decimal text. */
  int64Text(): string {
    const start = this.position;
    const low = this.uint32();
    if (this.position - start < 5) return String(low);
    const after = this.position;
    this.position = start;
    const high = this.varintHalf(true);
    this.position = after;
    if (high === 0) return String(low);
    return String(BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)));
  }

  double(): number {
    return this.#view.getFloat64(this.#advance(8), true);
  }

  fixed64(): bigint {
    return this.#view.getBigUint64(this.#advance(8), true);
  }

  /** Enters a message: its end becomes the limit. The outer limit is returned, for {@link leave}. */
  enter(): number {
    if (++this.#messages > otlpLimits.protobufMessages) throw tooManyParts('messages');
    const outer = this.limit;
    this.limit = this.lengthEnd();
    return outer;
  }

  leave(outer: number): void {
    this.limit = outer;
  }

  /** Reads a length and says where that many bytes end. */
  lengthEnd(): number {
    const end = this.uint32() + this.position;
    if (end > this.limit) throw malformed(`a field at byte ${this.position} is longer than its message`);
    return end;
  }

  /** Passes over the value of a field that is not known. */
  skip(tag: number): void {
    const type = tag & 7;
    if (type === VARINT) this.uint32();
    else if (type === FIXED64) this.#advance(8);
    else if (type === LENGTH) this.position = this.lengthEnd();
    else if (type === FIXED32) this.#advance(4);
    else throw malformed(`wire type ${type} at byte ${this.position}`);
  }

  /** One half of a varint of up to ten bytes, unsigned: bits 0 to 31 or 32 to 63. */
  private varintHalf(high: boolean): number {
    let low = 0;
    let top = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.position >= this.limit) throw malformed(`the message ends within a number at byte ${this.position}`);
      const byte = this.bytes[this.position++] ?? 0;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        top = bits >>> 4;
      } else if (shift < 63) top |= bits << (shift - 32);
      else top |= bits << 31;
      if (byte < 0x80) return (high ? top : low) >>> 0;
    }
    throw malformed(`a number of more than ten bytes at byte ${this.position}`);
  }

  /** Passes over a field of fixed width and says where it began. */
  #advance(width: number): number {
    const start = this.position;
    if (start + width > this.limit) throw malformed(`the message ends within a field at byte ${start}`);
    this.position = start + width;
    return start;
  }
}
