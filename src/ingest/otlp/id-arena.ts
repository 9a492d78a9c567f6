/** Room for the ids of 32 spans at first, and of a thousand once a payload has that many. */
const FIRST_CHUNK_BYTES = 1024;
const CHUNK_BYTES = 32_768;

/**
 * Ids of spans, copied side by side into chunks: one memory block for a thousand spans, and no span keeps a payload of
 * megabytes alive.
 */
export class IdArena {
  #chunk = new ArrayBuffer(FIRST_CHUNK_BYTES);
  #bytes = new Uint8Array(this.#chunk);
  #used = 0;

  /** Copies `length` bytes, a multiple of four; undefined when they are all zero. */
  copy(source: Uint8Array, start: number, length: number): Uint8Array | undefined {
    const at = this.#reserve(length);
    const bytes = this.#bytes;
    let any = 0;
    for (let index = 0; index < length; index++) {
      const byte = source[start + index] ?? 0;
      any |= byte;
      bytes[at + index] = byte;
    }
    return any === 0 ? undefined : this.#take(at, length);
  }

  /** Reads hexadecimal digits of any case; undefined when they are not `length` bytes or all zero. */
  fromHex(text: string, length: number): Uint8Array | undefined {
    if (text.length !== length * 2) return undefined;
    const at = this.#reserve(length);
    let any = 0;
    for (let index = 0; index < length; index++) {
      const byte = (hexDigit(text.charCodeAt(index * 2)) << 4) | hexDigit(text.charCodeAt(index * 2 + 1));
      if (byte < 0) return undefined;
      any |= byte;
      this.#bytes[at + index] = byte;
    }
    return any === 0 ? undefined : this.#take(at, length);
  }

  #reserve(length: number): number {
    if (this.#used + length > this.#chunk.byteLength) {
      this.#chunk = new ArrayBuffer(Math.min(CHUNK_BYTES, this.#chunk.byteLength * 4));
      this.#bytes = new Uint8Array(this.#chunk);
      this.#used = 0;
    }
    return this.#used;
  }

  #take(at: number, length: number): Uint8Array {
    this.#used = at + length;
    return new Uint8Array(this.#chunk, at, length);
  }
}

/** Value of a hexadecimal digit, or -1, which stays negative when shifted and joined. */
function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
