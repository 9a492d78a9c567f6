import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const scripts = dirname(fileURLToPath(import.meta.url));
const LOCK = JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } });

/** A checkout with the real bootstrap, no dependencies, and a build that only counts how often it ran. */
let root = '';
const path = (...parts: string[]) => join(root, ...parts);

function write(file: string, text: string): void {
  mkdirSync(dirname(path(file)), { recursive: true });
  writeFileSync(path(file), text);
}

const COUNTING_BUILD = `
import { appendFileSync, mkdirSync } from 'node:fs';
import { buildInputs, buildStamp } from './lib/build-inputs.mjs';
import { writeStamp } from './lib/freshness.mjs';
const root = process.cwd();
mkdirSync('dist', { recursive: true });
appendFileSync('dist/builds', 'x');
writeStamp(buildStamp(root), root, buildInputs(root));
`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'verdant-bootstrap-'));
  cpSync(join(scripts, 'lib'), path('scripts', 'lib'), { recursive: true });
  cpSync(join(scripts, 'bootstrap.mjs'), path('scripts', 'bootstrap.mjs'));
  write('scripts/build.mjs', COUNTING_BUILD);
  write('package-lock.json', LOCK);
  write('node_modules/chdb/package.json', '{}');
  write('src/a.ts', 'export const a = 1;');
});

afterEach(() => rmSync(root, { recursive: true }));

/** An npm that does what it is told to: leaves a file, or fails with the given text. */
function fakeNpm(script: string): void {
  write('fake/npm', `#!/bin/sh\n${script}\n`);
  spawnSync('chmod', ['+x', path('fake', 'npm')]);
}

function bootstrap(mode: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/bootstrap.mjs', mode], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: `${path('fake')}:/usr/bin:/bin`, ...env },
  });
  return { status, out: stdout, err: stderr };
}

const stampInstalled = (): void =>
  write('node_modules/.verdant-stamp', createHash('sha256').update(LOCK).digest('hex'));
const builds = (): number => (existsSync(path('dist', 'builds')) ? readFileSync(path('dist', 'builds')).length : 0);

describe('the bootstrap', () => {
  it('installs when package-lock.json is not what was installed, and not again', () => {
    fakeNpm('echo x >> installs');
    expect(bootstrap('dev').out).toContain('Installing dependencies');
    expect(bootstrap('dev').out).toBe('');
    expect(readFileSync(path('installs'), 'utf8')).toBe('x\n');
    write('package-lock.json', LOCK.replace('1.0.0', '1.0.1'));
    bootstrap('dev');
    expect(readFileSync(path('installs'), 'utf8')).toBe('x\nx\n');
  });

  it('takes what "npm install" brought as installed when it is what the lock file names', () => {
    fakeNpm('exit 1');
    write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }));
    expect(bootstrap('dev')).toMatchObject({ status: 0, out: '' });
    write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '0.9.0' } } }));
    rmSync(path('node_modules', '.verdant-stamp'));
    expect(bootstrap('dev').status).toBe(1);
  });

  it('says why an installation failed and what to do, and tries again next time', () => {
    fakeNpm('echo "npm error code ENOTFOUND" >&2; exit 1');
    const { status, err } = bootstrap('start');
    expect(status).toBe(1);
    expect(err).toContain('The dependencies could not be installed.');
    expect(err).toContain('  | npm error code ENOTFOUND');
    expect(err).toContain('check the network or the proxy');
    expect(existsSync(path('node_modules', '.verdant-stamp'))).toBe(false);
  });

  it('builds when a source changed, not when only its time did, and not for a test', () => {
    stampInstalled();
    expect(bootstrap('start').out).toContain('Building');
    expect(bootstrap('start')).toMatchObject({ status: 0, out: '' });
    utimesSync(path('src', 'a.ts'), new Date(), new Date(Date.now() + 5000));
    write('src/a.test.ts', 'a test is not part of the product');
    bootstrap('start');
    expect(builds()).toBe(1);
    write('src/a.ts', 'export const a = 2;');
    bootstrap('start');
    expect(builds()).toBe(2);
  });

  it('shows the last lines of a failing build', () => {
    stampInstalled();
    write('scripts/build.mjs', 'console.error("src/a.ts: it is broken"); process.exit(1);');
    const { status, err } = bootstrap('start');
    expect(status).toBe(1);
    expect(err).toContain('  | src/a.ts: it is broken');
  });

  it('lets npx find the command of the checkout', () => {
    stampInstalled();
    bootstrap('dev');
    expect(readlinkSync(path('node_modules', '.bin', 'verdant'))).toBe('../../bin/verdant.cjs');
  });

  describe('with a tool of the system missing', () => {
    beforeEach(() => {
      stampInstalled();
      write(
        'scripts/lib/system-tools.mjs',
        `import { existsSync } from 'node:fs';
        const find = () => (existsSync('the-tool') ? 'the-tool' : undefined);
        export const systemTools = [{ name: 'Tool', purpose: 'its tests', packages: ['tool-package'], find }];`,
      );
      write('fake/apt-get', '#!/bin/sh\necho "E: no network" >&2; exit 100\n');
      spawnSync('chmod', ['+x', path('fake', 'apt-get')]);
    });

    it('fails in CI, with the way to get it', () => {
      const { status, err } = bootstrap('test', { CI: 'true' });
      expect(status).toBe(1);
      expect(err).toContain('Missing: Tool (its tests). In CI nothing is skipped.');
      expect(err).toContain('apt-get install -y --no-install-recommends tool-package');
    });

    it('goes on elsewhere and says what will be skipped', () => {
      const { status, out } = bootstrap('test');
      expect(status).toBe(0);
      expect(out).toContain('! Missing: Tool (its tests). These tests will be skipped.');
    });

    it('asks for it by no means when it only starts', () => {
      expect(bootstrap('start', { CI: 'true' }).status).toBe(0);
    });
  });

  it('refuses an unknown mode', () => {
    expect(bootstrap('sing')).toMatchObject({ status: 2 });
  });
});
