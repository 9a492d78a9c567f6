import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';

const entry = z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() });
const lockSchema = z.object({ packages: z.record(z.string(), entry) });
const { packages } = lockSchema.parse(
  JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')),
);

/** Where Node would look for a package, from the nearest folder up. */
function places(from: string, name: string): string[] {
  const parts = from.split('/node_modules/');
  const nested = parts.map((_, depth) => `${parts.slice(0, parts.length - depth).join('/node_modules/')}/`);
  return [...nested, ''].map((folder) => `${folder}node_modules/${name}`);
}

it('the lock file names the packages of every platform, also those npm did not find where it was written', () => {
  const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !places(from, name).some((place) => place in packages))
      .map((name) => `${from} needs ${name}`),
  );
  expect(missing).toEqual([]);
});
