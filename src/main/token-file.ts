import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnsuredToken, EnsureInput } from '../app/access/ensure-token.ts';

/**
 * Keeps a token that Verdant makes for itself in a file of the data directory that only its owner can read.
 * @returns the secret, or undefined when someone took the token away on purpose
 */
export async function keepToken(
  directory: string,
  name: string,
  ensure: (input: EnsureInput) => Promise<EnsuredToken>,
  renew = false,
): Promise<string | undefined> {
  const file = join(directory, name);
  const stored = await readFile(file, 'utf8').catch(() => undefined);
  const token = await ensure({ stored, renew });
  if (token.state === 'valid') return stored?.trim();
  if (token.state !== 'created') return undefined;
  // Only a file that we make has the mode we ask for, and is no link to somewhere else.
  await rm(`${file}.new`, { force: true });
  await writeFile(`${file}.new`, `${token.secret}\n`, { mode: 0o600, flag: 'wx' });
  await rename(`${file}.new`, file);
  return token.secret;
}
