import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LockedError, lockForProcess } from './process-lock.ts';

let dir = '';
let path = '';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'verdant-lock-'));
  path = join(dir, 'lock');
});
afterEach(() => rmSync(dir, { recursive: true }));

const inUse = expect.any(LockedError);

test('one holder at a time, and nothing is left behind', async () => {
  const unlock = await lockForProcess(path);
  expect(readdirSync(dir)).toEqual(['lock']);
  await expect(lockForProcess(path)).rejects.toEqual(inUse);
  unlock();
  unlock();
  expect(readdirSync(dir)).toEqual([]);
  (await lockForProcess(path))();
});

test.each([
  ['a process that is gone', { pid: 2 ** 22 + 1, startedAt: '', nonce: 'x' }],
  ['a pid that another process has now', { pid: process.ppid, startedAt: 'before/1', nonce: 'x' }],
  ['our own pid before a restart of the container', { pid: process.pid, startedAt: 'before/1', nonce: 'x' }],
])('the lock of %s is taken over', async (_name, holder) => {
  writeFileSync(path, JSON.stringify(holder));
  const unlock = await lockForProcess(path);
  expect(readFileSync(path, 'utf8')).toContain(String(process.pid));
  expect(readdirSync(dir)).toEqual(['lock']);
  unlock();
});

test('a lock file that was cut off by a crash is taken over', async () => {
  writeFileSync(path, '{"pid":');
  (await lockForProcess(path))();
  expect(readdirSync(dir)).toEqual([]);
});

test('of many who take over a dead lock at once exactly one has it', async () => {
  for (let round = 0; round < 3; round++) {
    writeFileSync(path, '');
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockForProcess(path)));
    const winners = results.filter((result) => result.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toEqual(inUse);
    winners[0]?.value();
    expect(readdirSync(dir)).toEqual([]);
  }
});
