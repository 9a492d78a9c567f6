/** Builds dist/, or named parts of it: the program (cli.mjs, chunks/), the pages (web/), the demo's services (demo/). */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build as bundle } from 'esbuild';
import { buildInputs, buildStamp } from './lib/build-inputs.mjs';
import { writeStamp } from './lib/freshness.mjs';
import { seconds } from './lib/steps.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

/** Split at dynamic imports, so that `verdant --help` loads no server. Packages stay in node_modules. */
async function buildProgram() {
  rmSync(join(dist, 'chunks'), { recursive: true, force: true });
  await bundle({
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
}

async function buildWeb() {
  const { build } = await import('vite');
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
}

async function buildDemo() {
  const { buildDemo: build } = await import(pathToFileURL(join(root, 'demo', 'build.mjs')).href);
  await build(join(dist, 'demo'));
}

const parts = { program: buildProgram, web: buildWeb, demo: buildDemo };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`usage: node scripts/build.mjs [${Object.keys(parts).join('] [')}]`);
  process.exit(2);
}

const inputs = buildInputs(root);
rmSync(buildStamp(root), { force: true });
const results = await Promise.allSettled(
  Object.entries(parts)
    .filter(([name]) => wanted.length === 0 || wanted.includes(name))
    .map(async ([name, build]) => {
      const start = performance.now();
      await build();
      console.log(`built ${name} in ${seconds(start)}`);
    }),
);
const failures = results.filter((result) => result.status === 'rejected');
for (const { reason } of failures) console.error(reason instanceof Error ? reason.message : reason);
if (failures.length > 0) process.exit(1);
if (wanted.length === 0) writeStamp(buildStamp(root), root, inputs);
