const SURROGATE = /[\ud800-\udfff]/;

/** Where to end, so that at most `max` bytes from `start` are kept and no character is cut in two. */
export function cutEnd(bytes: Uint8Array, range: { start: number; end: number }, max: number): number {
  if (range.end - range.start <= max) return range.end;
  let end = range.start + max;
  while (end > range.start && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return end;
}

/** The text with at most `max` bytes as UTF-8; half surrogate pairs become U+FFFD, as they would on the wire. */
export function cutText(text: string, max: number): string {
  if (text.length * 3 <= max && !SURROGATE.test(text)) return text;
  const bytes = Buffer.from(text, 'utf8');
  return bytes.toString('utf8', 0, cutEnd(bytes, { start: 0, end: bytes.length }, max));
}
