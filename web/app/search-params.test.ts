import { expect, it } from 'vitest';
import { readSearch, writeSearch } from './search-params.ts';

it('keeps commas readable and text text', () => {
  expect(writeSearch({ windows: '1h,6h', q: 'a b&c', owner: undefined, tag: '' })).toBe('?windows=1h,6h&q=a+b%26c');
  expect(readSearch('?windows=1h,6h&q=123')).toEqual({ windows: '1h,6h', q: '123' });
});

it('reads back what it wrote', () => {
  const search = { q: 'tier=1, eu', tag: 'tier:1' };
  expect(readSearch(writeSearch(search))).toEqual(search);
});

it('writes nothing for nothing', () => {
  expect(writeSearch({ q: undefined })).toBe('');
});
