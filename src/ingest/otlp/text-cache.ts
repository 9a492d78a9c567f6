const SLOTS = 8192;

/** Longer texts rarely repeat, so they are not worth the hash. */
const LONGEST = 160;

/**
 * Texts found again by their bytes, without decoding: keys, names and values such as `GET` come with every span.
 * Direct-mapped, so memory is bounded by 8192 texts of 160 characters and a newcomer simply takes the place.
 */
export class TextCache {
  readonly #texts: string[] = new Array<string>(SLOTS).fill('');

  /** UTF-8 bytes from `start` to `end` as text; bytes that are no UTF-8 become U+FFFD. */
  read(bytes: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length === 0) return '';
    if (length > LONGEST) return bytes.toString('utf8', start, end);
    const hash = sampledHash(bytes, start, end);
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.#texts[slot] ?? '';
    if (known.length === length && sameText(known, bytes, start)) return known;
    const text = bytes.toString('utf8', start, end);
    // Only ASCII is kept: there, one byte is one character and comparing needs no decoding.
    if (isAscii(bytes, start, end)) this.#texts[slot] = text;
    return text;
  }
}

function sameText(text: string, bytes: Buffer, start: number): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) !== bytes[start + index]) return false;
  }
  return true;
}

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  let all = 0;
  for (let index = start; index < end; index++) all |= bytes[index] ?? 0;
  return all < 0x80;
}

/** Hash of the length, the last ten bytes, the first and two between: names differ there, and a hit is compared anyway. */
function sampledHash(bytes: Buffer, start: number, end: number): number {
  const length = end - start;
  let hash = Math.imul(length ^ (bytes[start] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (bytes[start + (length >> 1)] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (bytes[start + (length >> 2)] ?? 0), 0x01000193);
  for (let index = Math.max(start, end - 10); index < end; index++) {
    hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  }
  return hash;
}
