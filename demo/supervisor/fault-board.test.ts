import { expect, test } from 'vitest';
import { faultListSchema } from '../../src/contract/api/demo.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { FaultBoard } from './fault-board.ts';

const MINUTE = 60_000;

function boardAt(start: number) {
  const clock = new ManualClock(start);
  const changes: string[] = [];
  const board = new FaultBoard(clock, (name, active) => changes.push(`${name} ${active ? 'on' : 'off'}`));
  return { clock, changes, board };
}

test('a fault is on from its beginning until it is ended', () => {
  const { board, changes } = boardAt(Date.UTC(2026, 0, 1));
  board.begin('auth-slow');
  board.begin('auth-slow');
  expect(board.describe('auth-slow')).toMatchObject({ active: true, since: '2026-01-01T00:00:00.000Z' });
  board.end('auth-slow');
  board.end('auth-slow');
  expect(board.describe('auth-slow')).toMatchObject({ active: false, since: null });
  expect(changes).toEqual(['auth-slow on', 'auth-slow off']);
});

test('a fault that nobody ends ends after thirty minutes, and only that one', () => {
  const { board, clock, changes } = boardAt(0);
  board.begin('payments-crash');
  clock.advance(20 * MINUTE);
  board.begin('auth-slow');
  board.endOverdue();
  expect(board.active()).toEqual(['payments-crash', 'auth-slow']);
  clock.advance(10 * MINUTE);
  board.endOverdue();
  expect(board.active()).toEqual(['auth-slow']);
  expect(changes.at(-1)).toBe('payments-crash off');
});

test('the list is what the contract promises', () => {
  const { board } = boardAt(0);
  board.begin('traffic-gone');
  const { faults } = faultListSchema.parse({ faults: board.list() });
  expect(faults.map((fault) => fault.name)).toEqual([
    'auth-slow',
    'accounts-db-failing',
    'payments-crash',
    'traffic-gone',
  ]);
  for (const fault of faults) expect(fault.description).toMatch(/watch/i);
});
