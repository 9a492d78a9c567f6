import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createdTokenSchema } from '../../src/contract/api/access.ts';
import { planSchema, validationSchema } from '../../src/contract/api/definitions.ts';
import { boardSchema, objectiveListSchema } from '../../src/contract/api/objectives.ts';
import { otlpRequests, sendOtlp } from '../factories/otlp-json.ts';
import { type CliRun, runCli } from '../support/run-cli.ts';
import {
  eventually,
  freePort,
  removeDirectory,
  startVerdant,
  temporaryDirectory,
  type VerdantProcess,
} from '../support/start-verdant.ts';

let verdant: VerdantProcess;
let folder: string;

const objective = (name: string, service: string, target: string): string => `
apiVersion: verdant/v1
kind: Objective
metadata: { name: ${name} }
spec:
  owner: tests
  audience: sre
  target: ${target}
  windows: [1h, 24h]
  indicator: { kind: request-availability, service: ${service} }
`;

beforeAll(async () => {
  folder = await temporaryDirectory();
  await mkdir(join(folder, 'objectives'));
  await writeFile(join(folder, 'objectives', 'sound.yaml'), objective('sound', 'shop', '50%'));
  await writeFile(
    join(folder, 'objectives', 'others.yml'),
    `${objective('broken', 'shop', '99%')}---${objective('silent', 'nobody', '99%')}`,
  );
  await writeFile(
    join(folder, 'wrong.yaml'),
    objective('Wrong Name', 'shop', '120%').replace('audience: sre', 'audiense: sre'),
  );
  await writeFile(join(folder, 'cut.yaml'), 'apiVersion: verdant/v1\nkind: [Objective\n');
  verdant = await startVerdant();
  const now = Date.now();
  const requests = Array.from({ length: 10 }, (_, index) => ({ atMs: now - index, status: index < 2 ? 500 : 200 }));
  expect((await sendOtlp(verdant.url, verdant.ingestToken, otlpRequests('shop', requests))).status).toBe(200);
});

afterAll(async () => {
  await verdant?.stop();
  await removeDirectory(verdant.data);
  await removeDirectory(folder);
});

const verdantCli = (args: readonly string[], stdin?: string): Promise<CliRun> =>
  runCli(args, { cwd: folder, env: { VERDANT_URL: verdant.url, VERDANT_TOKEN: verdant.adminToken } }, stdin);

it('validates files without a server: all mistakes of all files at once', async () => {
  const offline = { cwd: folder, env: {} };
  const [good, bad, json, missing] = await Promise.all([
    runCli(['validate', 'objectives'], offline),
    runCli(['validate', 'wrong.yaml', 'cut.yaml', 'objectives'], offline),
    runCli(['validate', 'wrong.yaml', 'cut.yaml', '-o', 'json'], offline),
    runCli(['validate', 'nowhere.yaml'], offline),
  ]);
  expect(good).toEqual({ code: 0, out: 'valid 3 objectives in 2 files\n', err: '' });
  expect(bad.code).toBe(1);
  for (const text of ['wrong.yaml:4', 'Wrong Name', 'audience', '120%', 'cut.yaml']) expect(bad.out).toContain(text);
  expect(json.code).toBe(1);
  const { valid, diagnostics } = validationSchema.parse(JSON.parse(json.out));
  expect(valid).toBe(false);
  expect(diagnostics.length).toBeGreaterThanOrEqual(4);
  expect(diagnostics.find(({ suggestion }) => suggestion?.includes('audience'))).toMatchObject({
    file: expect.stringContaining('wrong.yaml'),
    line: 7,
  });
  expect(missing.code).not.toBe(0);
  expect(missing.err).toContain('nowhere.yaml');
});

it('plans, applies, finds nothing to do, and says how objectives stand', async () => {
  const plan = await verdantCli(['plan', 'objectives', '-o', 'json']);
  expect(plan.code).toBe(0);
  expect(planSchema.parse(JSON.parse(plan.out))).toMatchObject({
    applied: false,
    changes: ['broken', 'silent', 'sound'].map((name) => ({ name, action: 'create' })),
  });
  expect(objectiveListSchema.parse(JSON.parse((await verdantCli(['get', '-o', 'json'])).out)).objectives).toEqual([]);
  const refused = await verdantCli(['apply', 'objectives', 'wrong.yaml']);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('wrong.yaml');
  expect(objectiveListSchema.parse(JSON.parse((await verdantCli(['get', '-o', 'json'])).out)).objectives).toEqual([]);
  const applied = await verdantCli(['apply', 'objectives']);
  expect(applied.code).toBe(0);
  for (const name of ['sound', 'broken', 'silent']) expect(applied.out).toContain(name);
  const again = await verdantCli(['apply', 'objectives', '-o', 'json']);
  expect(planSchema.parse(JSON.parse(again.out)).changes.map(({ action }) => action)).toEqual([
    'unchanged',
    'unchanged',
    'unchanged',
  ]);
  await eventually(async () => {
    const { out } = await verdantCli(['status', '-o', 'json']);
    const states = boardSchema.parse(JSON.parse(out)).rows.map(({ name, state }) => [name, state]);
    expect(states).toEqual([
      ['broken', 'violated'],
      ['silent', 'no-data'],
      ['sound', 'healthy'],
    ]);
  });
});

it('ends with a code that pipelines can decide on', async () => {
  const nowhere = { cwd: folder, env: { VERDANT_URL: `http://127.0.0.1:${await freePort()}`, VERDANT_TOKEN: 'x' } };
  const runs = await Promise.all([
    verdantCli(['status', 'sound']),
    verdantCli(['status', 'broken', '-w', '1h,7d']),
    verdantCli(['status', 'silent']),
    verdantCli(['status']),
    verdantCli(['status', 'sound', '--at', '2020-01-01T00:00:00Z']),
    runCli(['status'], nowhere),
    runCli(['status'], { cwd: folder, env: { VERDANT_URL: verdant.url, VERDANT_TOKEN: 'vdt_wrong' } }),
    verdantCli(['status', 'unknown-objective']),
    verdantCli(['status', '-w', 'soon']),
    verdantCli(['statsu']),
    verdantCli(['status', '--nonsense']),
    verdantCli([]),
    verdantCli(['--version']),
    verdantCli(['health']),
  ]);
  expect(runs.map(({ code }) => code)).toEqual([0, 1, 3, 1, 3, 3, 3, 1, 2, 2, 2, 2, 0, 0]);
  const [sound, broken, silent, , , unreachable, denied, unknown] = runs;
  expect(sound?.out).toMatch(/80(\.0+)?\s?%/);
  expect(broken?.out).toContain('VIOLATED');
  expect(silent?.out).toMatch(/no data/i);
  expect(unreachable?.err).toContain('does not answer');
  expect(denied?.err).toContain('No valid token');
  expect(unknown?.err).toContain('unknown-objective');
  for (const { err, out } of runs) expect(err + out).not.toMatch(/^\s+at .*:\d+:\d+/m);
});

it('writes definitions that it reads again: get -o yaml, validate, plan', async () => {
  const exported = await verdantCli(['get', '-o', 'yaml']);
  expect(exported.code).toBe(0);
  expect(exported.out.split('---\n')).toHaveLength(3);
  const one = await verdantCli(['get', 'sound', '-o', 'yaml']);
  expect(exported.out).toContain(one.out);
  const [validated, planned] = await Promise.all([
    verdantCli(['validate', '-'], exported.out),
    verdantCli(['plan', '--prune', '-', '-o', 'json'], exported.out),
  ]);
  expect(validated).toMatchObject({ code: 0, out: 'valid 3 objectives in 1 file\n' });
  const { changes } = planSchema.parse(JSON.parse(planned.out));
  expect(changes.map(({ action }) => action)).toEqual(['unchanged', 'unchanged', 'unchanged']);
});

it('deletes objectives, and prunes those that no file names', async () => {
  const deleted = await verdantCli(['delete', 'silent']);
  expect(deleted).toMatchObject({ code: 0, out: 'deleted silent\n' });
  expect((await verdantCli(['delete', 'silent'])).code).toBe(1);
  const pruned = await verdantCli(['apply', '--prune', join('objectives', 'sound.yaml'), '-o', 'json']);
  expect(planSchema.parse(JSON.parse(pruned.out)).changes.map(({ name, action }) => [name, action])).toEqual([
    ['broken', 'delete'],
    ['sound', 'unchanged'],
  ]);
  const left = await verdantCli(['get', '-o', 'json']);
  expect(objectiveListSchema.parse(JSON.parse(left.out)).objectives.map(({ name }) => name)).toEqual(['sound']);
});

it('makes tokens that do what their scopes say until they are revoked', async () => {
  const created = await verdantCli(['token', 'create', 'pipeline', '-s', 'objectives:read,metrics:read', '-o', 'json']);
  expect(created.code).toBe(0);
  const { id, secret } = createdTokenSchema.parse(JSON.parse(created.out));
  const as = (args: readonly string[]) =>
    runCli(args, { cwd: folder, env: { VERDANT_URL: verdant.url, VERDANT_TOKEN: secret } });
  expect((await as(['get', 'sound'])).code).toBe(0);
  const refused = await as(['delete', 'sound']);
  expect(refused.code).toBe(3);
  expect(refused.err).toContain('objectives:write');
  const list = await verdantCli(['token', 'list']);
  expect(list.out).toContain('pipeline');
  expect(list.out).not.toContain(secret);
  expect((await verdantCli(['token', 'revoke', id])).code).toBe(0);
  expect((await as(['get', 'sound'])).code).toBe(3);
  const misspelt = await verdantCli(['token', 'create', 'x', '-s', 'objective:read']);
  expect(misspelt.code).toBe(2);
  expect(misspelt.err).toContain('did you mean objectives:read?');
  const bare = await verdantCli(['token', 'create', 'bare', '-s', 'ingest:write']);
  expect(bare.out).toMatch(/^vd\w_[\w-]{40,}\n$/);
});

it('prints a link that signs in once', async () => {
  const { code, out } = await verdantCli(['sign-in']);
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`^${verdant.url}/sign-in#code=\\S+\n$`));
  const exchange = () =>
    fetch(`${verdant.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: out.trim().split('#code=')[1] }),
    });
  const first = await exchange();
  expect(first.status).toBe(204);
  const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const me = await fetch(`${verdant.url}/api/v1/me`, { headers: { cookie } });
  expect(z.object({ kind: z.literal('session') }).safeParse(await me.json()).success).toBe(true);
  expect((await exchange()).status).toBe(401);
});
