/** The steps of the bootstrap, each of which first looks whether it is needed. */
import { existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { buildInputs, buildStamp } from './build-inputs.mjs';
import { isFresh } from './freshness.mjs';
import { ensureInstalled } from './install.mjs';
import { run, StepError, step } from './steps.mjs';
import { systemTools } from './system-tools.mjs';

const needs = {
  start: { build: true, tools: false },
  test: { build: true, tools: true },
  dev: { build: false, tools: false },
  bench: { build: true, tools: false },
};
export const modes = Object.keys(needs);

/** `npx verdant` looks into node_modules/.bin; npm puts only the bins of dependencies there, not the package's own. */
function linkOwnBin(root) {
  const link = join(root, 'node_modules', '.bin', 'verdant');
  const target = join('..', '..', 'bin', 'verdant.cjs');
  const present = lstatSync(link, { throwIfNoEntry: false });
  if (present?.isSymbolicLink() && readlinkSync(link) === target) return;
  if (present !== undefined) rmSync(link, { force: true });
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(target, link);
}

async function ensureBuilt(root) {
  if (isFresh(buildStamp(root), root, buildInputs(root))) return;
  await step('Building', async () => {
    const env = { ...process.env, NO_COLOR: '1' };
    const { code, output } = await run(process.execPath, ['scripts/build.mjs'], { cwd: root, env });
    if (code !== 0) {
      throw new StepError(
        'The build failed.',
        'Correct what the lines above name; "npm run build" shows them all.',
        output,
      );
    }
  });
}

const aptCommand = (packages) => `apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/** RUNLEVEL=1 keeps Debian's packages from starting a database server of their own. */
async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await step(`Installing ${packages.join(', ')} with apt-get`, async () => {
    const update = await run('apt-get', ['update'], { env });
    const install = await run('apt-get', aptCommand(packages).split(' ').slice(1), { env });
    if (install.code !== 0) {
      const output = (update.code === 0 ? '' : update.output) + install.output;
      throw new StepError(`apt-get could not install ${packages.join(', ')}.`, 'Install them by hand.', output);
    }
  });
}

/** In CI nothing is skipped; elsewhere the tests that need a missing tool say so and are skipped. */
async function ensureTools() {
  const missing = () => systemTools.filter((tool) => tool.find() === undefined);
  const packages = missing().flatMap((tool) => tool.packages);
  if (packages.length === 0) return;
  let output = '';
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await aptInstall(packages).catch((error) => {
      output = error.output;
    });
  }
  const still = missing();
  if (still.length === 0) return;
  const names = still.map((tool) => `${tool.name} (${tool.purpose})`).join(' and ');
  const command = `apt-get update && ${aptCommand(still.flatMap((tool) => tool.packages))}`;
  const cure = `On Debian: "sudo sh -c '${command}'"; elsewhere install them so that they are in PATH.`;
  if (process.env.CI) throw new StepError(`Missing: ${names}. In CI nothing is skipped.`, cure, output);
  console.log(`! Missing: ${names}. These tests will be skipped.\n  ${cure}`);
}

/** @param {'start'|'test'|'dev'|'bench'} mode */
export async function prepare(mode, root) {
  const need = needs[mode];
  await ensureInstalled(root);
  linkOwnBin(root);
  if (need.tools) await ensureTools();
  if (need.build) await ensureBuilt(root);
}
