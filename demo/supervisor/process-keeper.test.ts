import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile } from './log-file.ts';
import { ProcessKeeper } from './process-keeper.ts';

/** Notes its start, tells a port, and ends as its environment says. */
const CHILD = `
  const fs = require('node:fs');
  fs.appendFileSync(process.env.TRACE, 'start ' + (process.env.PORT ?? 'any') + '\\n');
  process.send({ type: 'listening', port: 4711 });
  process.send({ type: 'ready' });
  process.on('disconnect', () => process.exit(0));
  process.on('SIGTERM', () => setTimeout(() => process.exit(0), 150));
  if (process.env.EXIT_CODE !== undefined) setTimeout(() => process.exit(Number(process.env.EXIT_CODE)), 50);
  setInterval(() => undefined, 1000);
`;

let folder = '';
let keeper: ProcessKeeper | undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'verdant-keeper-'));
  writeFileSync(path.join(folder, 'child.cjs'), CHILD);
});
afterEach(async () => {
  await keeper?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const trace = (): string[] => {
  const file = path.join(folder, 'trace');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

function keep(environment: Record<string, string>, isTask = false): ProcessKeeper {
  keeper = new ProcessKeeper({
    name: 'child',
    file: path.join(folder, 'child.cjs'),
    execArgv: [],
    environment: () => ({ TRACE: path.join(folder, 'trace'), ...environment }),
    log: new LogFile(path.join(folder, 'log')),
    isTask,
  });
  return keeper;
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !holds(); i++) await sleep(25);
  expect(holds()).toBe(true);
}

test('a process that dies is started again, on the port it had', async () => {
  keep({ EXIT_CODE: '1' }).start();
  await until(() => trace().length >= 2);
  expect(trace().slice(0, 2)).toEqual(['start any', 'start 4711']);
  expect(readFileSync(path.join(folder, 'log'), 'utf8')).toMatch(/child ended \(exit code 1\), starts again in 300 ms/);
});

test('a service that ends without an error is started again too, a task is not', async () => {
  keep({ EXIT_CODE: '0' }).start();
  await until(() => trace().length >= 2);
  await keeper?.stop();
  rmSync(path.join(folder, 'trace'));
  const task = keep({ EXIT_CODE: '0' }, true);
  task.start();
  await until(() => trace().length === 1 && task.pid === undefined);
  await sleep(600);
  expect(trace().length).toBe(1);
});

test('a stop that is followed at once by a start leaves one process, not two', async () => {
  const kept = keep({});
  kept.start();
  await kept.ready();
  const first = kept.pid;
  const stopped = kept.stop();
  kept.start();
  await stopped;
  await until(() => kept.pid !== undefined && kept.pid !== first);
  await sleep(300);
  expect(trace().length).toBe(2);
});
