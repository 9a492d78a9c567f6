import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VerdantError } from '../contract/errors.ts';
import { readConfig } from './read-config.ts';

const mistakes = async (sources: Partial<Parameters<typeof readConfig>[0]>): Promise<string> => {
  const error = await readConfig({ flags: {}, env: {}, file: undefined, ...sources }).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(VerdantError);
  expect(error).toMatchObject({ code: 'configuration-invalid' });
  return JSON.stringify(error instanceof VerdantError ? error.details : []);
};

describe('a configuration with mistakes', () => {
  it('never shows the password of a database', async () => {
    const env = { VERDANT_POSTGRES_URL: 'postgres//verdant:hunter2@db', VERDANT_CLICKHOUSE_URL: '//hunter2@' };
    const told = await mistakes({ env });
    expect(told).toContain('VERDANT_POSTGRES_URL');
    expect(told).toContain('VERDANT_CLICKHOUSE_URL');
    expect(told).not.toContain('hunter2');
  });

  it.each([
    ['host: &a [*a]', 'expected string'],
    ['port: {__proto__: 1}', 'expected number'],
    ['- 7070', 'settings as key: value'],
    ['host: [', 'Flow sequence'],
    [`a: &a [x]\nb: &b [${'*a,'.repeat(20)}]\nc: [${'*b,'.repeat(20)}]`, 'resource exhaustion'],
  ])('is told what is wrong, however odd: %s', async (text, told) => {
    const folder = await mkdtemp(join(tmpdir(), 'verdant-config-'));
    const file = join(folder, 'config.yaml');
    await writeFile(file, text);
    try {
      expect(await mistakes({ file })).toContain(told);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
