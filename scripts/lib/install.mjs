/** Dependencies: installed when package-lock.json is not what node_modules was made from. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, StepError, step } from './steps.mjs';

const cures = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i,
    'The package registry could not be reached: check the network or the proxy (npm config get proxy), then run the same command again.',
  ],
  [/ENOSPC/, 'The disk is full: about 1.5 GB are needed. Make room and run the same command again.'],
  [/EACCES|EPERM/, 'npm may not write here: make the checkout yours (chown), then run the same command again.'],
  [
    /can only install packages when your package.json and package-lock.json/,
    'package.json and package-lock.json disagree: run "npm install" and commit both.',
  ],
  [/EBADENGINE/, 'Use Node 20.19 or newer; 24 is recommended.'],
];

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/** npm's own record of what it installed names every package of the lock file, except optional ones of other systems. */
function npmInstalledTheLock(root) {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const present = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (present === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    return found === undefined ? entry.optional === true || entry.peer === true : found.version === entry.version;
  });
}

/** What npm says about the failure, without its warnings and the usage that it prints below. */
function reasonOf(output) {
  const lines = output.split('\n').filter((line) => !line.startsWith('npm warn'));
  const usage = lines.findIndex((line) => /^npm error (Clean install a project|Usage:)/.test(line));
  return (usage === -1 ? lines : lines.slice(0, usage)).join('\n');
}

async function install(root) {
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const { code, output } = await run('npm', args, { cwd: root });
  if (code === 0) return;
  const cure = cures.find(([pattern]) => pattern.test(output))?.[1] ?? 'Run "npm ci" yourself to see all it says.';
  throw new StepError('The dependencies could not be installed.', cure, reasonOf(output));
}

/** Installs when needed; an interrupted installation leaves no stamp and is done again. */
export async function ensureInstalled(root) {
  const stampPath = join(root, 'node_modules', '.verdant-stamp');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === lock) return;
  if (!npmInstalledTheLock(root)) {
    const first = existsSync(join(root, 'node_modules')) ? '' : ', some minutes the first time';
    await step(`Installing dependencies (npm ci${first})`, () => install(root));
  }
  writeFileSync(stampPath, lock);
  warnWithoutEngine(root);
}

/** npm leaves out an optional package that it cannot install, without a word. */
function warnWithoutEngine(root) {
  if (existsSync(join(root, 'node_modules', 'chdb'))) return;
  console.log(
    '! The embedded engine (chdb) is not available on this system: it needs Linux with glibc, or macOS.\n' +
      '  Start with --clickhouse-url to use a ClickHouse server instead.',
  );
}
