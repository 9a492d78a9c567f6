/**
 * Makes a checkout ready to start, test, develop or measure, doing only what is missing:
 *   node scripts/bootstrap.mjs start|test|dev|bench
 * Needs nothing but Node: it runs before anything is installed.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  console.error(
    `Verdant needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
      'Install a newer one (24 is recommended) and run the same command again.',
  );
  process.exit(1);
}

const { prepare, modes } = await import('./lib/prepare.mjs');
const { printFailure } = await import('./lib/steps.mjs');

const mode = process.argv[2] ?? 'start';
if (!modes.includes(mode)) {
  console.error(`usage: node scripts/bootstrap.mjs ${modes.join('|')}`);
  process.exit(2);
}
try {
  await prepare(mode, dirname(dirname(fileURLToPath(import.meta.url))));
} catch (error) {
  printFailure(error);
  process.exit(1);
}
