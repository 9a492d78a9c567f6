import { readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Config, type ConfigKey, configSchema, settings } from '../contract/config.ts';
import { type ErrorDetail, VerdantError } from '../contract/errors.ts';
import { suggest } from '../lib/suggest.ts';

export interface ConfigSources {
  /** Values of flags, by key; they win over everything. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of a configuration file, or undefined. */
  readonly file: string | undefined;
}

/**
 * Puts the configuration together: flags before environment before file before defaults.
 * @throws VerdantError `configuration-invalid` with every mistake and where it came from
 */
export async function readConfig({ flags, env, file }: ConfigSources): Promise<Config> {
  const fromFile = file === undefined ? {} : await readConfigFile(file);
  const origin = new Map<string, string>(Object.keys(fromFile).map((key) => [key, file ?? '']));
  const values: Record<string, unknown> = { ...fromFile };
  for (const { key, env: variable } of settings) {
    const value = env[variable];
    if (value === undefined || value === '') continue;
    values[key] = value;
    origin.set(key, variable);
  }
  for (const [key, value] of Object.entries(flags)) {
    values[key] = value;
    origin.set(key, settings.find((setting) => setting.key === key)?.flag ?? key);
  }
  const result = configSchema.safeParse(values);
  if (result.success) return result.data;
  throw new VerdantError('configuration-invalid', {
    details: result.error.issues.flatMap((issue) => explain(issue, origin, values)),
  });
}

async function readConfigFile(path: string): Promise<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(parse(await readFile(path, 'utf8')) ?? {});
  } catch (cause) {
    const message = cause instanceof z.ZodError ? 'It must hold settings as key: value.' : String(cause);
    throw new VerdantError('configuration-invalid', { details: [{ file: path, message }], cause });
  }
}

function explain(
  issue: z.core.$ZodIssue,
  origin: ReadonlyMap<string, string>,
  values: Readonly<Record<string, unknown>>,
): ErrorDetail[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const meant = suggest(
        key,
        settings.map((setting) => setting.key),
      );
      return {
        path: key,
        file: origin.get(key) ?? '',
        message: `There is no setting "${key}".`,
        ...(meant === undefined ? {} : { suggestion: meant }),
      };
    });
  }
  const key = String(issue.path[0] ?? '');
  return [{ path: origin.get(key) ?? key, message: `${shown(key, values[key])}: ${issue.message}` }];
}

/** Addresses of databases hold passwords, and errors at the start end up in logs. */
const SECRET: ReadonlySet<string> = new Set<ConfigKey>(['clickhouseUrl', 'postgresUrl']);

function shown(key: string, value: unknown): string {
  if (SECRET.has(key)) return 'the address (not shown: it may hold a password)';
  return typeof value === 'string' ? JSON.stringify(value) : inspect(value, { depth: 1, breakLength: Infinity });
}
