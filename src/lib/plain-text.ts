/**
 * Characters that steer a terminal, turn the direction of what people read, or are half a character: C0 but tab and line
 * feed, DEL, C1, line separators, bidirectional controls (Unicode UAX 9, section 2), lone surrogates.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Surrogate}]/u;
const ALL_STEERING = new RegExp(STEERING, 'gu');

/** Whether a text holds nothing but characters that are safe to show anywhere. */
export const isPlainText = (text: string): boolean => !STEERING.test(text);

/** A text with unsafe characters spelled out: ESC becomes `\u001b`, which is also what JSON calls it. */
export const plainText = (text: string): string =>
  text.replace(ALL_STEERING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
