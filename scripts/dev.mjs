/** Development: the server from its sources, restarted on change, and the pages with hot reload in front of it. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules', '.bin', name);

/** Data of its own; vite.config.ts passes the API on to this port. */
const server = ['--no-open', '--port', '7070', '--data', '.cache/dev-data'];
const command = process.argv.includes('--demo') ? 'demo' : 'serve';

const children = [
  spawn(bin('tsx'), ['watch', 'scripts/verdant.ts', command, ...server], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '24' },
  }),
  spawn(bin('vite'), ['--config', 'vite.config.ts'], { cwd: root, stdio: 'inherit' }),
];

/** When one ends by itself all end. Ctrl+C reaches them from the terminal; a second signal would cut their stopping short. */
let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  for (const child of children) child.kill('SIGTERM');
};
process.on('SIGINT', () => {
  stopping = true;
});
process.on('SIGTERM', stop);
for (const child of children) {
  child.on('error', (error) => {
    console.error(error.message);
    stop();
  });
  child.on('exit', (code) => {
    process.exitCode ??= code ?? 0;
    stop();
  });
}
