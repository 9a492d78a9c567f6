import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { otlpRequests, sendOtlp } from '../factories/otlp-json.ts';
import {
  eventually,
  freePort,
  removeDirectory,
  runVerdant,
  startVerdant,
  temporaryDirectory,
  type VerdantProcess,
} from '../support/start-verdant.ts';

const run = promisify(execFile);
const started: VerdantProcess[] = [];

async function start(...args: Parameters<typeof startVerdant>): Promise<VerdantProcess> {
  const verdant = await startVerdant(...args);
  started.push(verdant);
  return verdant;
}

afterEach(async () => {
  for (const verdant of started.splice(0)) {
    await verdant.stop('SIGKILL');
    await removeDirectory(verdant.data);
  }
});

const span = (service = 'lifecycle'): string => otlpRequests(service, [{ atMs: Date.now() }]);

async function spansWritten(verdant: VerdantProcess): Promise<number> {
  const text = await (await verdant.api('/metrics')).text();
  return Number(/^verdant_store_spans_written_total (\d+)$/m.exec(text)?.[1]);
}

it('stops on SIGTERM after writing what has arrived, and acknowledges it', async () => {
  const verdant = await start({ env: { VERDANT_FLUSH_INTERVAL: '3s' } });
  const waiting = sendOtlp(verdant.url, verdant.ingestToken, span());
  await eventually(async () => {
    const text = await (await verdant.api('/metrics')).text();
    expect(text).toMatch(/^verdant_store_pending_bytes [1-9]/m);
  });
  const before = Date.now();
  const stopped = verdant.stop('SIGTERM');
  expect((await waiting).status).toBe(200);
  expect(await stopped).toBe(0);
  expect(Date.now() - before).toBeLessThan(15_000);
  const again = await start({ data: verdant.data });
  const services = await (await again.api('/api/v1/services')).json();
  expect(services).toMatchObject({ services: [{ name: 'lifecycle' }] });
});

it('refuses a second process on the same data directory in a sentence', async () => {
  const verdant = await start();
  const second = await runVerdant([
    'serve',
    '--data',
    verdant.data,
    '--port',
    String(await freePort()),
    '--otlp-http-port',
    '0',
    '--no-open',
  ]);
  expect(second.code).toBe(1);
  expect(second.output).toContain('Another Verdant process works on this data directory.');
  expect(second.output).toContain(String(verdant.child.pid));
  expect(second.output).not.toMatch(/^\s+at /m);
  expect((await verdant.api('/api/v1/objectives')).status).toBe(200);
});

it('takes over the directory of a process that was killed', async () => {
  const verdant = await start();
  await verdant.stop('SIGKILL');
  await stat(join(verdant.data, 'lock'));
  const again = await start({ data: verdant.data });
  expect(again.adminToken).toBe(verdant.adminToken);
});

it('refuses a directory that is not its own, and leaves it as it is', async () => {
  const data = await temporaryDirectory();
  await writeFile(join(data, 'thesis.txt'), 'years of work');
  const { code, output } = await runVerdant(['serve', '--data', data, '--no-open']);
  expect(code).toBe(1);
  expect(output).toContain('not Verdant data');
  expect(output).toContain('thesis.txt');
  expect(output).not.toMatch(/^\s+at /m);
  expect(await readFile(join(data, 'thesis.txt'), 'utf8')).toBe('years of work');
  await removeDirectory(data);
});

it('refuses data of a newer Verdant', async () => {
  const data = await temporaryDirectory();
  await writeFile(join(data, 'verdant.json'), '{"format":99}');
  const { code, output } = await runVerdant(['serve', '--data', data, '--no-open']);
  expect(code).toBe(1);
  expect(output).toContain('data of a newer Verdant');
  await removeDirectory(data);
});

it.each([
  [
    'telemetry',
    async (data: string) => {
      const engine = join(data, 'telemetry', 'engine');
      await rm(join(engine, 'store'), { recursive: true, force: true });
      await writeFile(join(engine, 'store'), 'not a directory');
    },
  ],
  [
    'catalog',
    async (data: string) => {
      await rm(join(data, 'catalog', 'postgres', 'global', 'pg_control'), { force: true });
      await mkdir(join(data, 'catalog', 'postgres', 'global', 'pg_control'), { recursive: true });
    },
  ],
])('says in a sentence that the %s of a data directory is corrupt', async (_part, damage) => {
  const verdant = await start();
  await verdant.stop('SIGTERM');
  await damage(verdant.data);
  const { code, output } = await runVerdant([
    'serve',
    '--data',
    verdant.data,
    '--no-open',
    '--port',
    '0',
    '--otlp-http-port',
    '0',
  ]);
  expect(code, output).toBe(1);
  expect(output).toContain('The data directory cannot be opened.');
  expect(output).not.toMatch(/^\s+at /m);
});

it('says which port is taken', async () => {
  const verdant = await start();
  const data = await temporaryDirectory();
  const { code, output } = await runVerdant([
    'serve',
    '--data',
    data,
    '--no-open',
    '--port',
    new URL(verdant.url).port,
    '--otlp-http-port',
    '0',
  ]);
  expect(code).toBe(1);
  expect(output).toContain('The port is taken by another program.');
  await removeDirectory(data);
});

it('tells every mistake of the configuration at once', async () => {
  const data = await temporaryDirectory();
  const file = join(data, 'verdant.yaml');
  await writeFile(file, 'prot: 80\nflushInterval: soon\n');
  const { code, output } = await runVerdant(['serve', '--config', file, '--data', join(data, 'd'), '--no-open'], {
    VERDANT_FLUSH_ROWS: '3',
  });
  expect(code).toBe(2);
  for (const text of ['prot', 'port', 'soon', 'VERDANT_FLUSH_ROWS']) expect(output).toContain(text);
  await removeDirectory(data);
});

it('refuses telemetry clearly on a full disk, and recovers without a restart when there is room', async () => {
  const disk = await temporaryDirectory();
  await run('mount', ['-t', 'tmpfs', '-o', 'size=140m', 'tmpfs', disk]);
  try {
    const verdant = await start({ data: join(disk, 'data') });
    expect((await sendOtlp(verdant.url, verdant.ingestToken, span())).status).toBe(200);
    const ballast = join(disk, 'ballast');
    await run('sh', ['-c', `cat /dev/zero > ${ballast} 2>/dev/null || true`]);
    const refused = await sendOtlp(verdant.url, verdant.ingestToken, span());
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ message: expect.stringContaining('disk') });
    expect((await verdant.api('/api/v1/objectives')).status).toBe(200);
    await rm(ballast);
    await eventually(async () => {
      expect((await sendOtlp(verdant.url, verdant.ingestToken, span())).status).toBe(200);
    });
    expect(await spansWritten(verdant)).toBe(2);
    await verdant.stop('SIGTERM');
  } finally {
    await run('umount', ['-l', disk]);
    await removeDirectory(disk);
  }
});

it('sheds load above its memory with 429 and Retry-After, and stays alive', async () => {
  const verdant = await start({ env: { VERDANT_MAX_PENDING_BYTES: '64KiB', VERDANT_FLUSH_INTERVAL: '300ms' } });
  const payload = (): string =>
    otlpRequests(
      'flood',
      Array.from({ length: 50 }, () => ({ atMs: Date.now() })),
    );
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => sendOtlp(verdant.url, verdant.ingestToken, payload())),
  );
  const shed = answers.filter(({ status }) => status === 429);
  expect(shed.length).toBeGreaterThan(0);
  expect(answers.filter(({ status }) => status === 200).length + shed.length).toBe(30);
  for (const answer of shed) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await sendOtlp(verdant.url, verdant.ingestToken, payload())).status).toBe(200);
});
