import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '../../src/lib/clock.ts';
import { historyPlanSchema } from '../history/plan.ts';
import { HistoryKeeper } from './history-keeper.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const begin = Date.UTC(2026, 10, 24, 12);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'verdant-history-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function keeperAt(clock: ManualClock) {
  const process: { pid: number | undefined; start(): void } = {
    pid: undefined,
    start: () => {
      process.pid = 1;
    },
  };
  const files = { historyFile: path.join(folder, 'history.json'), liveFile: path.join(folder, 'live.json') };
  const keeper = new HistoryKeeper({ clock, days: 30, process, ...files });
  const pending = () => historyPlanSchema.parse(readJsonFile(files.historyFile)).pending;
  /** As the process that writes the history leaves it. */
  const finish = (): void => {
    writeJsonFile(files.historyFile, { ...historyPlanSchema.parse(readJsonFile(files.historyFile)), pending: [] });
    process.pid = undefined;
  };
  return { keeper, pending, finish };
}

test('the first start plans thirty days, the next only the time between', () => {
  const clock = new ManualClock(begin);
  const first = keeperAt(clock);
  first.keeper.start();
  expect(first.pending()).toEqual([[begin - 30 * DAY, begin]]);
  first.finish();
  clock.advance(MINUTE);
  first.keeper.noteLive();
  clock.advance(DAY);
  const second = keeperAt(clock);
  second.keeper.start();
  expect(second.pending()).toEqual([[begin + MINUTE, begin + MINUTE + DAY]]);
});

test('a laptop that slept gets the time of its sleep written', () => {
  const clock = new ManualClock(begin);
  const { keeper, pending, finish } = keeperAt(clock);
  keeper.start();
  finish();
  clock.advance(MINUTE);
  keeper.noteLive();
  expect(pending()).toEqual([]);
  clock.advance(600 * MINUTE);
  keeper.noteLive();
  expect(pending()).toEqual([[begin + MINUTE, begin + 601 * MINUTE]]);
});

test('a sleep while history is being written waits for its turn, and is not lost by an end in between', () => {
  const clock = new ManualClock(begin);
  const { keeper, pending, finish } = keeperAt(clock);
  keeper.start();
  clock.advance(600 * MINUTE);
  keeper.noteLive();
  expect(pending()).toEqual([[begin - 30 * DAY, begin]]);
  const afterEnd = keeperAt(new ManualClock(begin + 601 * MINUTE));
  afterEnd.keeper.start();
  expect(afterEnd.pending().at(-1)).toEqual([begin, begin + 601 * MINUTE]);
  finish();
  clock.advance(MINUTE);
  keeper.noteLive();
  expect(pending()).toEqual([[begin, begin + 600 * MINUTE]]);
});
