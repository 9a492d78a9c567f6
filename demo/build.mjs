import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Processes of the demo; each becomes one `<name>.cjs`. */
const processes = [
  'supervisor.ts',
  'history.ts',
  'load.ts',
  'services/gateway.ts',
  'services/authentication.ts',
  'services/accounts.ts',
  'services/payments.ts',
  'services/database.ts',
];

/**
 * Bundles the demo as CommonJS, with packages left outside: instrumentation hooks `require`, and finds only what is
 * required for real.
 * @param {string} outDir folder that gets `<process>.cjs` and `objectives/*.yaml`; it must lie inside the package, so
 *   that `node_modules` is found from there
 */
export async function buildDemo(outDir) {
  await mkdir(outDir, { recursive: true });
  await build({
    entryPoints: processes.map((file) => ({ in: path.join(here, file), out: path.basename(file, '.ts') })),
    outdir: outDir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    packages: 'external',
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  await rm(path.join(outDir, 'objectives'), { recursive: true, force: true });
  await cp(path.join(here, 'objectives'), path.join(outDir, 'objectives'), { recursive: true });
}
