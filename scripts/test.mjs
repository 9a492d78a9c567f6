/**
 * Runs the tests: node scripts/test.mjs [unit|system|browser] [arguments for vitest]
 * Without a project the quick gate goes first. The last line says what came out, by the runner's own report.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge, readReport } from './lib/test-report.mjs';
import { verify } from './verify.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PROJECTS = ['unit', 'system', 'browser'];

const [first, ...rest] = process.argv.slice(2);
const project = PROJECTS.includes(first) ? first : undefined;
if (first !== undefined && project === undefined) {
  console.error(`usage: node scripts/test.mjs [${PROJECTS.join('|')}] [arguments for vitest]`);
  process.exit(2);
}

/** @returns {Promise<number>} exit code; a run that a signal ended counts as failed */
function vitest(reportPath) {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
  if (project !== undefined) args.push('--project', project);
  return new Promise((resolve) => {
    const child = spawn(join(root, 'node_modules', '.bin', 'vitest'), [...args, ...rest], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '24' },
    });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

if (project === undefined && !(await verify())) {
  console.log('0 passed, 1 failed (the quick gate; no test was run)');
  process.exit(1);
}
const reportPath = join(root, '.cache', `test-report-${project ?? 'all'}.json`);
mkdirSync(dirname(reportPath), { recursive: true });
rmSync(reportPath, { force: true });
const exitCode = await vitest(reportPath);
const verdict = judge(readReport(reportPath), { exitCode, ci: Boolean(process.env.CI) });
for (const reason of verdict.reasons) console.log(reason);
console.log(verdict.line);
process.exitCode = verdict.ok ? 0 : 1;
