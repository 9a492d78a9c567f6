import type { BoardCell, BoardRow } from '../../src/contract/api/objectives.ts';
import type { WindowState, WindowStatus } from '../../src/contract/api/status.ts';

const MOMENT = '2026-01-02T12:00:00Z';

/** A cell of a board for tests. */
export function aCell(window: string, state: WindowState, remaining: number | null = 0.5): BoardCell {
  return {
    window,
    from: MOMENT,
    to: MOMENT,
    state,
    sli: 0.999,
    sliText: '99.9%',
    good: 999,
    valid: 1000,
    coverage: 1,
    budget: {
      target: 0.99,
      targetText: '99%',
      allowed: 10,
      spent: 1,
      remaining,
      remainingText: remaining === null ? 'no data' : `${remaining * 100}%`,
      minutes: 1,
    },
  };
}

/** The status of a window for tests. */
export const aStatus = (...cell: Parameters<typeof aCell>): WindowStatus => ({
  ...aCell(...cell),
  watermark: MOMENT,
  burnRates: [],
});

/** A row of a board for tests. */
export function aRow(name: string, parts: Partial<BoardRow> = {}): BoardRow {
  return {
    name,
    title: name,
    owner: 'team-a',
    audience: 'sre',
    tags: {},
    indicatorText: 'Requests of auth without failure',
    service: 'auth',
    target: 0.99,
    targetText: '99%',
    warning: null,
    warningText: null,
    windows: ['1h', '30d'],
    primaryWindow: '30d',
    indicatorVersion: 1,
    backfill: { state: 'done', progress: 1 },
    state: 'healthy',
    cells: [aCell('1h', 'healthy'), aCell('30d', 'healthy')],
    ...parts,
  };
}
