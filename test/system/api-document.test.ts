import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { removeDirectory, startVerdant } from '../support/start-verdant.ts';

it('the API document of the docs is what a server says of itself (npm run gen writes it anew)', async () => {
  const verdant = await startVerdant();
  const told: unknown = await (await fetch(`${verdant.url}/api/v1/openapi.json`)).json();
  await verdant.stop();
  await removeDirectory(verdant.data);
  const kept = await readFile(new URL('../../docs/public/openapi.json', import.meta.url), 'utf8');
  expect(JSON.parse(kept)).toEqual(told);
});
