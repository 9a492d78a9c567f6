import { expect, it } from 'vitest';
import { aRow } from './board-rows.fixture.ts';
import { groupRows } from './group-rows.ts';
import { nextRow } from './next-row.ts';

const items = groupRows([aRow('a', { audience: 'business' }), aRow('b')], 'audience');

it('goes from objective to objective, past the heads of groups', () => {
  expect(nextRow(items, 1, 'ArrowDown')).toBe(3);
  expect(nextRow(items, 3, 'k')).toBe(1);
});

it('stops at both ends and at other keys', () => {
  expect(nextRow(items, 3, 'ArrowDown')).toBeUndefined();
  expect(nextRow(items, 1, 'ArrowUp')).toBeUndefined();
  expect(nextRow(items, 1, 'Enter')).toBeUndefined();
  expect(nextRow(items, -1, 'j')).toBeUndefined();
});
