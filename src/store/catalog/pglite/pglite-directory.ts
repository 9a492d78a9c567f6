import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { VerdantError } from '../../../contract/errors.ts';
import { LockedError, lockForProcess } from '../../../lib/process-lock.ts';

const FORMAT = 1;
/** Major version of the PostgreSQL in PGlite 0.5; another one cannot read these files. */
const POSTGRES_MAJOR = 18;
const FORMAT_FILE = 'catalog.json';
const LOCK_FILE = 'lock';
const DATA = 'postgres';

const formatSchema = z.object({
  format: z.int(),
  postgres: z.int(),
  /** `creating` until the first start went through: what stands there then was never acknowledged to anyone. */
  state: z.enum(['creating', 'ready']),
});
type Format = z.output<typeof formatSchema>;

/** The directory of the embedded catalog, held by this process. */
export interface PgliteDirectory {
  /** Where PGlite keeps its files. */
  readonly data: string;
  readonly fresh: boolean;
  /** Says that the first start went through. */
  markReady(): void;
  unlock(): void;
}

/**
 * Makes or takes the directory of the embedded catalog: `catalog.json` says what it is, `lock` who holds it, `postgres/`
 * holds the data. A creation that was cut short is done again.
 * @throws VerdantError `data-directory-foreign` when something else lies there, or a newer Verdant wrote it;
 * `data-directory-corrupt` when catalog.json cannot be read; `data-directory-in-use` when another process holds it
 */
export async function takePgliteDirectory(dir: string): Promise<PgliteDirectory> {
  makeDirectory(dir);
  readFormat(dir);
  const unlock = await lockForProcess(join(dir, LOCK_FILE)).catch(refuseLocked);
  try {
    const fresh = readFormat(dir)?.state !== 'ready';
    const data = join(dir, DATA);
    if (fresh) {
      writeFormat(dir, 'creating');
      rmSync(data, { recursive: true, force: true });
    } else if (!existsSync(join(data, 'PG_VERSION'))) {
      // PGlite would make a new, empty database here and nobody would notice what was lost.
      throw new VerdantError('data-directory-corrupt', { details: [{ path: data, message: 'The data is gone.' }] });
    }
    return { data, fresh, markReady: () => writeFormat(dir, 'ready'), unlock };
  } catch (error) {
    unlock();
    throw error;
  }
}

function refuseLocked(error: unknown): never {
  if (!(error instanceof LockedError)) throw error;
  throw new VerdantError('data-directory-in-use', { details: [{ path: error.path, message: error.message }] });
}

function makeDirectory(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new VerdantError('data-directory-foreign', {
      message: 'The data directory cannot be made here.',
      details: [{ path: dir, message: error instanceof Error ? error.message : String(error) }],
      cause: error,
    });
  }
}

function readFormat(dir: string): Format | undefined {
  const path = join(dir, FORMAT_FILE);
  const entries = readdirSync(dir);
  if (!entries.includes(FORMAT_FILE)) {
    const foreign = entries.find((entry) => !entry.startsWith(LOCK_FILE) && !entry.startsWith(FORMAT_FILE));
    if (foreign !== undefined) throw foreignDirectory(dir, `It holds "${foreign}", but no ${FORMAT_FILE}.`);
    return undefined;
  }
  const format = parseFormat(path);
  if (format.format !== FORMAT || format.postgres !== POSTGRES_MAJOR) {
    throw foreignDirectory(
      path,
      `It says format ${format.format} of PostgreSQL ${format.postgres}; this Verdant reads format ${FORMAT} of PostgreSQL ${POSTGRES_MAJOR}.`,
    );
  }
  return format;
}

function parseFormat(path: string): Format {
  try {
    return formatSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new VerdantError('data-directory-corrupt', {
      details: [{ path, message: 'This file cannot be read.' }],
      cause: error,
    });
  }
}

function foreignDirectory(path: string, message: string): VerdantError {
  return new VerdantError('data-directory-foreign', { details: [{ path, message }] });
}

/** Written beside and renamed, so that a crash leaves the old text or the new one. */
function writeFormat(dir: string, state: Format['state']): void {
  const temporary = join(dir, `${FORMAT_FILE}.new`);
  const content: Format = { format: FORMAT, postgres: POSTGRES_MAJOR, state };
  writeFileSync(temporary, `${JSON.stringify(content)}\n`);
  syncPath(temporary);
  renameSync(temporary, join(dir, FORMAT_FILE));
  syncPath(dir);
}

/** Waits until a file, or the names in a directory, are on the disk. */
function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Waits until all that lies under a directory is on the disk. */
export function syncTree(dir: string): void {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) syncPath(path);
  }
  syncPath(dir);
}
