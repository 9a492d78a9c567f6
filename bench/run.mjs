/**
 * Measures Verdant and prints one table: node bench/run.mjs [--quick] [ingest] [durability] [ledger] [start-up]
 * What is measured is built as the product is, because code that is translated on the fly runs slower.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

process.env.UV_THREADPOOL_SIZE ??= '24';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, '.cache', 'bench');
await build({
  absWorkingDir: root,
  entryPoints: ['bench/main.ts', 'bench/processes/*.ts'],
  outdir: built,
  outbase: 'bench',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  legalComments: 'none',
  logLevel: 'warning',
});
const { main } = await import(pathToFileURL(join(built, 'main.mjs')).href);
process.exitCode = await main({ root, built, arguments: process.argv.slice(2) });
