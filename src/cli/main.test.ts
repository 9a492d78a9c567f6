import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandRegistry } from './registry.ts';
import { captureRun } from './testing/captured-run.ts';
import { type Answers, type ContractServer, startContractServer } from './testing/contract-server.ts';
import { boardRowExample, changeExample, detailExample, windowExample } from './testing/examples.ts';

const NOW = '2026-11-24T12:00:00.000Z';
const ok = (body: unknown) => ({ status: 200, body });
const refused = (status: number, code: string, message: string, fix: string) => ({
  status,
  body: { error: { code, message, fix, details: [] } },
});

let folder = '';
let server: ContractServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verdant-cli-'));
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true });
});

async function run(line: string, answers: Answers) {
  server = await startContractServer(answers);
  return captureRun([...line.split(' '), '--url', server.url], { cwd: folder });
}

const board = (...rows: ReturnType<typeof boardRowExample>[]) => ok({ watermark: NOW, windows: ['30d'], rows });

describe('verdant', () => {
  it('lists every command with its summary and the exit codes, and loads none of them', async () => {
    const { code, out } = await captureRun(['--help']);
    expect(code).toBe(0);
    for (const { name, summary } of commandRegistry) {
      expect(out).toContain(`  ${name}`);
      expect(out).toContain(summary.slice(0, 30));
    }
    expect(out).toContain('3 no verdict');
  });

  it('every command can be loaded and has the name of the registry', async () => {
    for (const entry of commandRegistry) {
      const { code, out } = await captureRun([entry.name, '--help']);
      expect(code).toBe(0);
      expect(out).toContain(`Usage: verdant ${entry.name}`);
    }
  });

  it('takes a misspelt command as wrong usage and says what may be meant', async () => {
    const { code, err } = await captureRun(['sttus']);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean status?');
  });

  it('takes no command at all as wrong usage and prints the help', async () => {
    const { code, out } = await captureRun([]);
    expect(code).toBe(2);
    expect(out).toContain('Usage: verdant');
  });
});

describe('any command that asks a server', () => {
  it('ends with 3 and says how to start a server when none answers', async () => {
    const { code, err } = await captureRun(['get', '--url', 'http://127.0.0.1:9'], { cwd: folder });
    expect(code).toBe(3);
    expect(err).toMatch(/^error: Verdant does not answer at http:\/\/127\.0\.0\.1:9: .+\.\nStart it with "npm start"/);
  });

  it('ends with 2 for an address that is none', async () => {
    const { code, err } = await captureRun(['get', '--url', 'localhost:7070'], { cwd: folder });
    expect(code).toBe(2);
    expect(err).toContain('"localhost:7070" is not an address of a server.');
  });

  it('sends the admin token of the data directory', async () => {
    await writeFile(join(folder, 'admin-token'), 'vdt_admin\n');
    await run(`get --data ${folder}`, { 'GET /api/v1/objectives': ok({ objectives: [] }) });
    expect(server?.seen[0]?.authorization).toBe('Bearer vdt_admin');
  });

  it('says where it looked for a token when the server wants one', async () => {
    const { code, err } = await run('get', {
      'GET /api/v1/objectives': refused(401, 'unauthenticated', 'No valid token came with this request.', 'Sign in.'),
    });
    expect(code).toBe(3);
    expect(err).toContain('neither --token nor VERDANT_TOKEN is set, and there is no');
    expect(err).toContain(join(folder, 'data', 'admin-token'));
  });

  it('ends with 1 when the server says no, with what it said', async () => {
    const { code, err } = await run('delete nope', {
      'DELETE /api/v1/objectives/nope': refused(404, 'not-found', 'There is no objective "nope".', 'Check the name.'),
    });
    expect(code).toBe(1);
    expect(err).toBe('error: There is no objective "nope".\nCheck the name.\n');
  });

  it('ends with 3 when something else answers at the address', async () => {
    const { code, err } = await run('get', { 'GET /api/v1/objectives': ok({ hello: 'world' }) });
    expect(code).toBe(3);
    expect(err).toContain("does not speak this version of Verdant's API");
  });

  it('prints JSON and YAML as the API gave them', async () => {
    const answers = { 'GET /api/v1/services': ok({ services: [] }) };
    expect((await run('services -o json', answers)).out).toBe('{\n  "services": []\n}\n');
    await server?.close();
    expect((await run('services -o yaml', answers)).out).toBe('services: []\n');
  });
});

describe('verdant status', () => {
  const healthy = boardRowExample('a', [windowExample('30d', 'healthy')]);
  const violated = boardRowExample('b', [windowExample('30d', 'violated')]);
  const silent = boardRowExample('c', [windowExample('30d', 'no-data')]);

  it('ends with 0 when all objectives are healthy', async () => {
    const { code, out } = await run('status', { 'GET /api/v1/board': board(healthy) });
    expect(code).toBe(0);
    expect(out).toContain('1 healthy over the primary window');
  });

  it('ends with 1 when a primary window is violated, whatever else has no data', async () => {
    expect((await run('status', { 'GET /api/v1/board': board(healthy, silent, violated) })).code).toBe(1);
  });

  it('ends with 3 when a primary window has no data and none is violated', async () => {
    expect((await run('status', { 'GET /api/v1/board': board(healthy, silent) })).code).toBe(3);
  });

  it('ends with 3 when there are no objectives', async () => {
    expect((await run('status', { 'GET /api/v1/board': board() })).code).toBe(3);
  });

  it('asks for the windows and the moment that were named', async () => {
    await run('status --window 1h,24h --at 2026-11-24T12:00:00+01:00', {});
    expect(server?.seen[0]?.url).toBe('/api/v1/board?windows=1h%2C24h&at=2026-11-24T11%3A00%3A00.000Z');
  });

  it('takes a window or a moment that is none as wrong usage', async () => {
    expect((await captureRun(['status', '-w', '1x'])).code).toBe(2);
    expect((await captureRun(['status', '--at', 'yesterday'])).code).toBe(2);
  });

  it('shows one objective by name', async () => {
    const status = { ...healthy, at: NOW, watermark: NOW, windows: healthy.cells };
    const { code, out } = await run('status a', {
      'GET /api/v1/objectives/a': ok(detailExample('a')),
      'GET /api/v1/objectives/a/status': ok(status),
    });
    expect(code).toBe(0);
    expect(out).toContain('99.951% healthy');
  });
});

describe('verdant get', () => {
  it('prints the definition as it can be applied', async () => {
    const { out } = await run('get a -o yaml', { 'GET /api/v1/objectives/a': ok(detailExample('a')) });
    expect(out).toBe(detailExample('a').definitionYaml);
  });

  it('exports all definitions as one stream of documents', async () => {
    const { definition: _definition, definitionYaml: _yaml, ...summary } = detailExample('a');
    const { out } = await run('get -o yaml', {
      'GET /api/v1/objectives': ok({ objectives: [summary, { ...summary, name: 'b' }] }),
      'GET /api/v1/objectives/a': ok(detailExample('a')),
      'GET /api/v1/objectives/b': ok(detailExample('b')),
    });
    expect(out).toBe(`${detailExample('a').definitionYaml}---\n${detailExample('b').definitionYaml}`);
  });
});

describe('verdant validate', () => {
  const definition = [
    'apiVersion: verdant/v1',
    'kind: Objective',
    'metadata:',
    '  name: sign-in-works',
    'spec:',
    '  owner: identity',
    '  audience: sre',
    '  target: 99.9%',
    '  indicator:',
    '    kind: request-availability',
    '    service: authentication',
    '',
  ].join('\n');

  it('ends with 0 for good files, without a server', async () => {
    await writeFile(join(folder, 'good.yaml'), definition);
    const { code, out } = await captureRun(['validate', '.'], { cwd: folder });
    expect(code).toBe(0);
    expect(out).toBe('valid 1 objective in 1 file\n');
  });

  it('ends with 1 and shows the place of the mistake', async () => {
    const wrong = definition.replace('owner', 'onwer');
    const { code, out } = await captureRun(['validate', '-'], { readStdin: () => Promise.resolve(wrong) });
    expect(code).toBe(1);
    expect(out).toContain('<stdin>:6:3 error');
    expect(out).toContain('    6 |   onwer: identity\n      |   ^^^^^');
    expect(out).toContain('perhaps   owner');
    expect(out).toContain('0 objectives in 1 file');
  });

  it('gives the same as JSON for programs', async () => {
    const readStdin = () => Promise.resolve(definition);
    const { code, out } = await captureRun(['validate', '-', '-o', 'json'], { readStdin });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ valid: true, objectives: 1, diagnostics: [] });
  });
});

describe('verdant plan and apply', () => {
  it('send the files of a directory, with prune', async () => {
    await writeFile(join(folder, 'one.yaml'), 'a: 1\n');
    await writeFile(join(folder, 'notes.txt'), 'not a definition');
    const plan = { applied: true, changes: [changeExample('a', 'create')] };
    const { code, out } = await run('apply . --prune', { 'POST /api/v1/definitions/apply': ok(plan) });
    expect(code).toBe(0);
    expect(server?.seen[0]?.body).toEqual({ files: [{ path: 'one.yaml', text: 'a: 1\n' }], prune: true });
    expect(out).toContain('+ create a');
  });

  it('show the places of all mistakes and end with 1', async () => {
    await writeFile(join(folder, 'one.yaml'), 'spec:\n  target: 99.95\n');
    const details = [
      { file: 'one.yaml', line: 2, column: 11, message: 'not a share', excerpt: '  target: 99.95', expected: '99.9%' },
    ];
    const body = { error: { code: 'definitions-invalid', message: 'Mistakes.', fix: 'Correct them.', details } };
    const { code, err } = await run('plan one.yaml', { 'POST /api/v1/definitions/plan': { status: 422, body } });
    expect(code).toBe(1);
    expect(err).toContain('one.yaml:2:11 error not a share');
    expect(err).toContain('    2 |   target: 99.95\n      |           ^^^^^');
  });

  it('end with 2 for a file that does not exist', async () => {
    const { code, err } = await run('plan nowhere.yaml', {});
    expect(code).toBe(2);
    expect(err).toContain('nowhere.yaml does not exist.');
  });
});

describe('verdant token and sign-in', () => {
  const token = { id: 't1', name: 'ci', scopes: ['ingest:write'], createdAt: NOW, lastUsedAt: null };

  it('prints the secret alone on stdout, so that a script can take it', async () => {
    const created = { status: 201, body: { ...token, secret: 'vdt_secret' } };
    const { out, err } = await run('token create ci --scope ingest:write', { 'POST /api/v1/tokens': created });
    expect(out).toBe('vdt_secret\n');
    expect(err).toContain('ingest:write');
    expect(server?.seen[0]?.body).toEqual({ name: 'ci', scopes: ['ingest:write'] });
  });

  it('refuses an unknown scope before asking the server', async () => {
    const { code, err } = await run('token create ci --scope ingest:wite', {});
    expect(code).toBe(2);
    expect(err).toContain('did you mean ingest:write?');
    expect(server?.seen).toEqual([]);
  });

  it('revokes each token named', async () => {
    const gone = { status: 204, body: undefined };
    const { out } = await run('token revoke t1 t2', {
      'DELETE /api/v1/tokens/t1': gone,
      'DELETE /api/v1/tokens/t2': gone,
    });
    expect(out).toBe('revoked t1\nrevoked t2\n');
  });

  it('prints the sign-in link alone on stdout', async () => {
    const link = { url: 'http://127.0.0.1:7070/sign-in?code=abcdefghij', expiresAt: NOW };
    const { out, err } = await run('sign-in', { 'POST /api/v1/sign-in-links': { status: 201, body: link } });
    expect(out).toBe(`${link.url}\n`);
    expect(err).toContain('2026-11-24 12:00Z');
  });
});

describe('verdant demo fault', () => {
  const faults = [{ name: 'auth-slow', title: 'Logins become slow', description: '', active: true, since: NOW }];

  it('starts a fault and shows them all; its own --data is not that of the demo', async () => {
    await writeFile(join(folder, 'admin-token'), 'vdt_admin');
    const { code, out } = await run(`demo fault start auth-slow --data ${folder}`, {
      'POST /api/v1/demo/faults/auth-slow': { status: 204, body: undefined },
      'GET /api/v1/demo/faults': ok({ faults }),
    });
    expect(code).toBe(0);
    expect(out).toContain('since 2026-11-24 12:00Z');
    expect(server?.seen.map((request) => request.authorization)).toEqual(['Bearer vdt_admin', 'Bearer vdt_admin']);
  });
});

describe('verdant health', () => {
  const health = {
    status: 'ok',
    version: '0.1.0',
    watermark: NOW,
    telemetry: { engine: 'chdb', version: '26.7' },
    catalog: { engine: 'pglite', version: '18.0' },
  };

  it('says what runs where, and up to when telemetry is counted', async () => {
    const { code, out } = await run('health', { 'GET /api/v1/health': ok(health) });
    expect(code).toBe(0);
    expect(out).toContain(`ok Verdant 0.1.0 at ${server?.url}`);
    expect(out).toContain('counted up to 2026-11-24 12:00Z');
  });

  it('ends with 1 when evaluation is behind', async () => {
    const behind = { ...health, status: 'evaluation-behind' };
    expect((await run('health', { 'GET /api/v1/health': ok(behind) })).code).toBe(1);
  });
});
