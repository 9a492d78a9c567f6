import { describe, expect, it } from 'vitest';
import { createStyle, wantsColour } from './style.ts';

describe('colour', () => {
  it('goes to terminals only', () => {
    expect(wantsColour({}, true)).toBe(true);
    expect(wantsColour({}, false)).toBe(false);
    expect(wantsColour({ TERM: 'dumb' }, true)).toBe(false);
  });

  it('is off with NO_COLOR, and on with FORCE_COLOR', () => {
    expect(wantsColour({ NO_COLOR: '1', FORCE_COLOR: '1' }, true)).toBe(false);
    expect(wantsColour({ NO_COLOR: '' }, true)).toBe(true);
    expect(wantsColour({ FORCE_COLOR: '1' }, false)).toBe(true);
    expect(wantsColour({ FORCE_COLOR: '0' }, true)).toBe(false);
  });

  it('leaves the text alone when it is off', () => {
    expect(createStyle(false).red('text')).toBe('text');
    expect(createStyle(true).red('text')).toBe('\u001b[31mtext\u001b[39m');
  });
});
