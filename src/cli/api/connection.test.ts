import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { capturingContext } from '../testing/captured-run.ts';
import { resolveConnection, type ServerOptions } from './connection.ts';

let cwd = '';

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'verdant-connection-'));
  await mkdir(join(cwd, 'data'));
  await writeFile(join(cwd, 'data', 'admin-token'), 'vdt_of_the_file\n');
});

afterEach(() => rm(cwd, { recursive: true }));

const resolveWith = (options: ServerOptions, env: Record<string, string> = {}) =>
  resolveConnection(options, capturingContext({ cwd, env }).context);

describe('where the server is', () => {
  it('is this machine unless told otherwise, by flag before environment', async () => {
    expect((await resolveWith({})).url).toBe('http://127.0.0.1:7070');
    expect((await resolveWith({}, { VERDANT_URL: 'http://a:1/' })).url).toBe('http://a:1');
    expect((await resolveWith({ url: 'https://b/verdant/' }, { VERDANT_URL: 'http://a:1' })).url).toBe(
      'https://b/verdant',
    );
  });

  it('is refused when it is no address', async () => {
    await expect(resolveWith({ url: 'ftp://host' })).rejects.toThrow('not an address');
  });
});

describe('the token', () => {
  it('comes from the flag, then the environment, then the data directory', async () => {
    expect((await resolveWith({ token: 'flag' }, { VERDANT_TOKEN: 'env' })).token).toBe('flag');
    expect((await resolveWith({}, { VERDANT_TOKEN: 'env' })).token).toBe('env');
    expect((await resolveWith({})).token).toBe('vdt_of_the_file');
  });

  it('of the data directory does not go to another machine by itself', async () => {
    const other = await resolveWith({ url: 'https://verdant.example' });
    expect(other.token).toBeUndefined();
    expect(other.missingToken).toBe('neither --token nor VERDANT_TOKEN is set');
    expect((await resolveWith({ url: 'http://127.0.0.1.example' })).token).toBeUndefined();
  });

  it('of a directory named on purpose goes where it is sent', async () => {
    expect((await resolveWith({ url: 'https://verdant.example', data: './data' })).token).toBe('vdt_of_the_file');
  });

  it('that is missing is told with the place that was looked at', async () => {
    const { token, missingToken } = await resolveWith({ data: 'elsewhere' });
    expect(token).toBeUndefined();
    expect(missingToken).toContain(`there is no ${join(cwd, 'elsewhere', 'admin-token')}`);
  });
});
