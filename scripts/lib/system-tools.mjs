/** Programs that the tests use and npm cannot bring: a browser and a PostgreSQL server, both as Debian packages them. */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const POSTGRES_ROOT = '/usr/lib/postgresql';

const executable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const inPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(executable);

/** @returns {string | undefined} the browser's path */
export function findChromium() {
  return inPath('chromium') ?? ['/usr/bin/chromium'].find(executable);
}

/** @returns {string | undefined} the folder with initdb and postgres, of the newest version */
export function findPostgresBin() {
  const versions = existsSync(POSTGRES_ROOT) ? readdirSync(POSTGRES_ROOT) : [];
  const folders = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(POSTGRES_ROOT, version, 'bin'));
  const fromPath = inPath('initdb');
  if (fromPath !== undefined) folders.push(join(fromPath, '..'));
  return folders.find((folder) => executable(join(folder, 'initdb')) && executable(join(folder, 'postgres')));
}

/** What each tool is for, how it is found and which Debian packages bring it. */
export const systemTools = [
  {
    name: 'Chromium',
    purpose: 'the browser tests',
    packages: ['chromium', 'fonts-liberation'],
    find: findChromium,
  },
  {
    name: 'PostgreSQL',
    purpose: 'the tests of the catalog on a PostgreSQL server',
    packages: ['postgresql'],
    find: findPostgresBin,
  },
];
