/** The quick gate: format, lint, boundaries, types, dead code, docs, generated files. One line a gate. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkDocs } from './lib/check-docs.mjs';
import { listFiles } from './lib/freshness.mjs';
import { bold, dim, green, red, run, seconds } from './lib/steps.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules', '.bin', name);

/** A gate that is one command: green when it ends with 0. */
const command = (name, args) => async () => {
  const { code, output } = await run(bin(name), args, { cwd: root });
  return { ok: code === 0, output };
};

const CRUISED = ['src', 'web', 'demo'];

const describeViolation = ({ rule, from, to, cycle, comment }) =>
  `${rule.name}: ${from} -> ${cycle === undefined ? to : cycle.map(({ name }) => name).join(' -> ')}${comment === undefined ? '' : ` (${comment})`}`;

/** With a TypeScript it does not understand, dependency-cruiser sees no module and reports green: so they are counted. */
async function boundaries() {
  const resultPath = join(root, '.cache', 'boundaries.json');
  mkdirSync(dirname(resultPath), { recursive: true });
  rmSync(resultPath, { force: true });
  const args = [...CRUISED, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', '--output-to', resultPath];
  const { output } = await run(bin('depcruise'), args, { cwd: root });
  if (!existsSync(resultPath)) return { ok: false, output };
  const { modules, summary } = JSON.parse(readFileSync(resultPath, 'utf8'));
  const cruised = new Set(modules.map(({ source }) => source));
  const missed = listFiles(root, CRUISED, (path) => /(?<!\.d)\.(tsx?|mjs)$/.test(path)).filter(
    ({ path }) => !cruised.has(path),
  );
  const problems = [
    ...summary.violations.filter(({ rule }) => rule.severity === 'error').map(describeViolation),
    ...missed.map(({ path }) => `not cruised: ${path}`),
  ];
  return { ok: problems.length === 0, output: problems.join('\n') };
}

async function docs() {
  const problems = checkDocs(root);
  return { ok: problems.length === 0, output: problems.join('\n') };
}

const gates = [
  ['format and lint', command('biome', ['ci', '--error-on-warnings', '--diagnostic-level=warn', '--colors=off'])],
  ['boundaries', boundaries],
  ['types', command('tsc', ['-p', 'tsconfig.json', '--pretty', 'false'])],
  ['types of the pages', command('tsc', ['-p', 'tsconfig.web.json', '--pretty', 'false'])],
  ['dead code', command('knip', ['--no-progress', '--no-config-hints'])],
  ['docs', docs],
  ['generated files', command('tsx', ['scripts/gen.ts', '--check'])],
];

async function runGate([name, check]) {
  const start = performance.now();
  const { ok, output } = await check();
  console.log(`${ok ? green('✓') : red('✗')} ${name.padEnd(20)} ${dim(seconds(start))}`);
  return { name, ok, output };
}

/** @returns {Promise<boolean>} whether all gates are green; only what fails is shown */
export async function verify() {
  const start = performance.now();
  const waiting = [...gates];
  const results = [];
  const worker = async () => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) results.push(await runGate(gate));
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  const failed = results.filter((result) => !result.ok);
  for (const { name, output } of failed) console.log(`\n${bold(red(name))}\n${output.trimEnd()}`);
  const verdict = failed.length === 0 ? green('verified') : red(`${failed.length} of ${gates.length} gates failed`);
  console.log(`${failed.length === 0 ? '' : '\n'}${verdict} ${dim(seconds(start))}`);
  return failed.length === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await verify()) ? 0 : 1;
