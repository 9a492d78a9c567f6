import { describe, expect, it } from 'vitest';
import { aCell, aRow } from './board-rows.fixture.ts';
import { filterRows, isFiltered, readStates } from './filter-rows.ts';
import { countColumn, countElsewhere, countStates, groupRows, headline } from './group-rows.ts';
import { sortRows } from './sort-rows.ts';

const names = (rows: readonly { name: string }[]): string[] => rows.map((row) => row.name);
const windows = ['1h', '30d'];

describe('filtering the board', () => {
  const rows = [
    aRow('login', { title: 'Login works', owner: 'identity', tags: { tier: '1' }, audience: 'business' }),
    aRow('pay', { title: 'Payments are fast', service: 'ledger', state: 'violated' }),
  ];

  it('finds each word anywhere: title, service, owner, tags', () => {
    expect(names(filterRows(rows, { q: 'fast LEDGER' }))).toEqual(['pay']);
    expect(names(filterRows(rows, { q: 'tier=1' }))).toEqual(['login']);
    expect(names(filterRows(rows, { q: 'login ledger' }))).toEqual([]);
  });

  it('holds all filters at once', () => {
    expect(names(filterRows(rows, { state: 'violated,warning' }))).toEqual(['pay']);
    expect(names(filterRows(rows, { audience: 'business', owner: 'identity', tag: 'tier=1' }))).toEqual(['login']);
    expect(names(filterRows(rows, { audience: 'business', state: 'violated' }))).toEqual([]);
  });

  it('does not filter by words it does not know', () => {
    expect(readStates('purple')).toEqual([]);
    expect(isFiltered({ state: 'purple' })).toBe(false);
    expect(isFiltered({ q: 'x' })).toBe(true);
    expect(filterRows(rows, {})).toBe(rows);
  });
});

describe('sorting the board', () => {
  const calm = aRow('calm');
  const tight = aRow('tight', { cells: [aCell('1h', 'healthy', 0.9), aCell('30d', 'healthy', 0.1)] });
  const broken = aRow('broken', { state: 'violated', cells: [aCell('1h', 'healthy'), aCell('30d', 'violated', -1)] });
  const burning = aRow('burning', { cells: [aCell('1h', 'violated', -4), aCell('30d', 'healthy', 0.8)] });
  const amber = aRow('amber', { state: 'warning', cells: [aCell('1h', 'healthy'), aCell('30d', 'warning', 0.2)] });
  const silent = aRow('silent', {
    state: 'no-data',
    cells: [aCell('1h', 'no-data', null), aCell('30d', 'no-data', null)],
  });
  const rows = [calm, tight, silent, amber, burning, broken];

  it('puts red anywhere first, and healthy ones with the least budget before the others', () => {
    expect(names(sortRows(rows, windows, undefined))).toEqual([
      'broken',
      'burning',
      'amber',
      'silent',
      'tight',
      'calm',
    ]);
  });

  it('can look at one timeframe only', () => {
    expect(names(sortRows(rows, windows, '1h')).slice(0, 2)).toEqual(['burning', 'silent']);
  });

  it('can go by name, and falls back to worst first for a timeframe that is not shown', () => {
    expect(names(sortRows(rows, windows, 'name'))[0]).toBe('amber');
    expect(names(sortRows(rows, windows, '6h'))[0]).toBe('broken');
  });

  it('leaves the given rows alone', () => {
    sortRows(rows, windows, 'name');
    expect(rows[0]).toBe(calm);
  });
});

describe('grouping the board', () => {
  const rows = [
    aRow('a', { audience: 'sre', owner: 'zoe' }),
    aRow('b', { audience: 'business', owner: 'amy', state: 'violated' }),
    aRow('c', { audience: 'sre', owner: 'amy' }),
  ];

  it('goes from business to sre and keeps the order within', () => {
    expect(groupRows(rows, 'audience').map((item) => item.key)).toEqual(['group:business', 'b', 'group:sre', 'a', 'c']);
  });

  it('counts the states of a group', () => {
    const [head] = groupRows(rows, 'owner');
    expect(head).toMatchObject({ kind: 'group', title: 'amy', size: 2, counts: { violated: 1, healthy: 1 } });
  });

  it('can do without groups', () => {
    expect(groupRows(rows, 'none').map((item) => item.key)).toEqual(['a', 'b', 'c']);
  });
});

describe('the board in one sentence', () => {
  const counts = (violated: number, warning: number, healthy: number, noData: number) => ({
    violated,
    warning,
    healthy,
    'no-data': noData,
  });

  it('names the worst', () => {
    expect(headline(counts(2, 1, 3, 1))).toBe('2 of 7 objectives violated');
    expect(headline(counts(0, 1, 3, 1))).toBe('No objective violated, 1 close to it');
    expect(headline(counts(0, 0, 3, 1))).toBe('No objective violated, 1 without data');
    expect(headline(counts(0, 0, 3, 0))).toBe('All 3 objectives are met');
    expect(headline(counts(0, 0, 1, 0))).toBe('The one objective is met');
    expect(headline(counts(0, 0, 0, 2))).toBe('2 objectives, no data yet');
  });

  it('counts what it says', () => {
    const rows = [aRow('a'), aRow('b', { state: 'no-data', cells: [aCell('1h', 'violated')] })];
    expect(countStates(rows)).toEqual(counts(0, 0, 1, 1));
    expect(countElsewhere(rows)).toBe(1);
    expect(countColumn(rows, 0)).toEqual(counts(1, 0, 1, 0));
    expect(countColumn(rows, 1)).toEqual(counts(0, 0, 1, 1));
  });
});
