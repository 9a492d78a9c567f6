/** Builds dist/, or named parts of it: the program (cli.mjs, chunks/), the pages (web/), the demo's services (demo/). */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
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
  compressAssets(join(dist, 'web', 'assets'));
}

/** Once here, so that the server sends small files without work: a phone in a train loads the board too. */
function compressAssets(folder) {
  for (const name of readdirSync(folder)) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const file = join(folder, name);
    const content = readFileSync(file);
    writeFileSync(`${file}.br`, brotliCompressSync(content));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
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
