/**
 * Writes the reference pages under docs/reference/ from the schemas they describe: npm run gen
 * With --check it writes nothing and fails when a page is not what it would write.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiPage } from './gen/api-page.ts';
import { cliPage } from './gen/cli-page.ts';
import { configurationPage } from './gen/configuration-page.ts';
import { definitionsPage } from './gen/definitions-page.ts';
import { errorsPage } from './gen/errors-page.ts';
import { scopesPage } from './gen/scopes-page.ts';

const docs = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs');
const folder = join(docs, 'reference');
const openApi = join(docs, 'public', 'openapi.json');
const checkOnly = process.argv.includes('--check');

// Only a running server can describe itself; a test of the server holds the file to it, so a check needs none.
if (!checkOnly) {
  const { describeServer } = await import('./gen/describe-server.ts');
  writeFileSync(openApi, await describeServer());
}

/** Every file of docs/reference/, by name. */
const pages = new Map<string, string>([
  ['api.md', apiPage(readFileSync(openApi, 'utf8'))],
  ['cli.md', await cliPage()],
  ['configuration.md', configurationPage()],
  ['definitions.md', definitionsPage()],
  ['errors.md', errorsPage()],
  ['scopes.md', scopesPage()],
]);

const present = existsSync(folder) ? readdirSync(folder) : [];
const foreign = present.filter((name) => !pages.has(name));
const stale = [...pages].filter(([name, text]) => {
  const path = join(folder, name);
  return !existsSync(path) || readFileSync(path, 'utf8') !== text;
});

if (checkOnly) {
  for (const [name] of stale) console.error(`docs/reference/${name} is not what its source says: run "npm run gen"`);
  for (const name of foreign) console.error(`docs/reference/${name} is not generated: it belongs elsewhere in docs/`);
  process.exitCode = stale.length + foreign.length === 0 ? 0 : 1;
} else {
  mkdirSync(folder, { recursive: true });
  for (const name of foreign) rmSync(join(folder, name), { recursive: true });
  for (const [name, text] of stale) writeFileSync(join(folder, name), text);
  console.log(`docs/reference: ${stale.length} written, ${pages.size - stale.length} unchanged`);
}
