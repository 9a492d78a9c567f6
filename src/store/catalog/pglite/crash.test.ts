import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { newPgliteDirectory } from '../../../../test/factories/catalogs.ts';
import { systemClock } from '../../../lib/clock.ts';
import { openCatalog } from '../open-catalog.ts';

const WRITER = new URL('../../../../test/fixtures/catalog-writer.ts', import.meta.url).pathname;

interface Writer {
  readonly child: ChildProcessByStdio<null, Readable, null>;
  /** Numbers of the rows whose writes came back, so far. */
  readonly acknowledged: () => readonly number[];
  readonly ended: Promise<unknown>;
}

function startWriter(dir: string, durability: string, first: number): Writer {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, dir, durability, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  // Only whole lines: the last one may be cut.
  const acknowledged = () => output.split('\n').slice(0, -1).map(Number);
  return { child, acknowledged, ended: new Promise((resolve) => child.once('close', resolve)) };
}

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

async function rowsIn(dir: string): Promise<{ readonly rows: number[]; readonly twins: number[] }> {
  const catalog = await openCatalog({ dir }, { clock: systemClock });
  const cursors = await catalog.db.selectFrom('cursor').select('name').execute();
  await catalog.close();
  const numbers = (prefix: string) =>
    cursors
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name }) => Number(name.slice(prefix.length)))
      .sort((a, b) => a - b);
  return { rows: numbers('row-'), twins: numbers('twin-') };
}

test.each(['process', 'disk'])(
  'what was acknowledged survives kill -9 with durability "%s", and no transaction by halves',
  { timeout: 120_000 },
  async (durability) => {
    const dir = await newPgliteDirectory();
    let next = 0;
    for (const extraMs of [0, 7, 23, 61, 140]) {
      const writer = startWriter(dir, durability, next);
      await waitFor(() => writer.acknowledged().length > 20);
      await sleep(extraMs);
      writer.child.kill('SIGKILL');
      await writer.ended;
      const acknowledged = writer.acknowledged();
      const { rows, twins } = await rowsIn(dir);
      expect(rows).toEqual(expect.arrayContaining([...acknowledged]));
      expect(twins).toEqual(rows);
      // At most the one write that was under way came through unacknowledged.
      expect(rows.length).toBeLessThanOrEqual((acknowledged.at(-1) ?? 0) + 2);
      next = rows.length;
    }
    rmSync(dir, { recursive: true });
  },
);

test('a second process is refused while the first lives', { timeout: 60_000 }, async () => {
  const dir = await newPgliteDirectory();
  const writer = startWriter(dir, 'process', 0);
  await waitFor(() => writer.acknowledged().length > 0);
  await expect(openCatalog({ dir }, { clock: systemClock })).rejects.toMatchObject({
    code: 'data-directory-in-use',
    details: [{ message: `process ${writer.child.pid} holds it` }],
  });
  writer.child.kill('SIGKILL');
  await writer.ended;
  expect((await rowsIn(dir)).rows.length).toBeGreaterThan(0);
  rmSync(dir, { recursive: true });
});
