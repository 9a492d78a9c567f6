import { describe, expect, it } from 'vitest';
import { isPlainText, plainText } from './plain-text.ts';

describe('plain text', () => {
  it.each([
    ['\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['\u009b31m', '\\u009b31m'],
    ['gnp\u202Eexe', 'gnp\\u202eexe'],
    ['a\rb\u0000\u007f\u2028', 'a\\u000db\\u0000\\u007f\\u2028'],
    ['half \ud83d', 'half \\ud83d'],
  ])('spells out what is not: %j', (text, shown) => {
    expect(isPlainText(text)).toBe(false);
    expect(plainText(text)).toBe(shown);
  });

  it.each(['Größe 日本語 🌲', '<img src=x>', 'two\n\tlines', 'עברית', ''])('is left as it is: %j', (text) => {
    expect(isPlainText(text)).toBe(true);
    expect(plainText(text)).toBe(text);
  });
});
