import { describe, expect, it } from 'vitest';
import { createStyle } from './style.ts';
import { formatTable, tableFits } from './table.ts';

const columns = [
  { title: 'NAME', shrinkTo: 8 },
  { title: 'COUNT', align: 'right' },
] as const;
const rows = [
  ['short', '1'],
  ['a-name-that-is-rather-long', '12345'],
];
const plain = (width: number) => ({ width, title: (text: string) => text });

describe('a table', () => {
  it('stands without lines, numbers to the right, nothing behind the last column', () => {
    expect(formatTable(columns, rows, plain(Number.POSITIVE_INFINITY))).toBe(
      [
        'NAME                        COUNT',
        'short                           1',
        'a-name-that-is-rather-long  12345',
        '',
      ].join('\n'),
    );
  });

  it('cuts long names until it fits the terminal', () => {
    const lines = formatTable(columns, rows, plain(20)).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBe(20);
    expect(lines[2]).toBe('a-name-that-…  12345');
  });

  it('measures text without its colours', () => {
    const { red } = createStyle(true);
    const coloured = formatTable(columns, [[red('short'), '1']], plain(80));
    expect(coloured).toContain(`${red('short')}  `);
    expect(coloured.split('\n')[0]).toBe('NAME   COUNT');
  });

  it('knows whether it fits when its names are cut as far as they may be', () => {
    expect(tableFits(columns, rows, 15)).toBe(true);
    expect(tableFits(columns, rows, 14)).toBe(false);
  });
});
