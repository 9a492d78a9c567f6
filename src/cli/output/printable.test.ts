import { describe, expect, it } from 'vitest';
import { printable } from './printable.ts';
import { createStyle } from './style.ts';

describe('what is printed', () => {
  it('keeps our own colours and line breaks', () => {
    const style = createStyle(true);
    const text = `${style.bold('a')} ${style.dim('b')}\n${style.red('c')}${style.green('d')}${style.yellow('e')}${style.cyan('f')}\n`;
    expect(printable(text)).toBe(text);
  });

  it('spells out what else would steer a terminal', () => {
    expect(printable('\u001b]0;owned\u0007 \u001b[2J \u001b[8m \u009b1A \r')).toBe(
      '\\u001b]0;owned\\u0007 \\u001b[2J \\u001b[8m \\u009b1A \\u000d',
    );
  });

  it('leaves the value of JSON as it is', () => {
    const value = { name: 'a\u009b\u202eb\u001b' };
    expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
  });
});
