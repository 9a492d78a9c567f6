import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { VerdantError } from '../contract/errors.ts';
import { LockedError, lockForProcess } from '../lib/process-lock.ts';

const MARKER = 'verdant.json';
const LOCK = 'lock';
/** Whole or not there: half a marker would look like damage for ever. Named so that it is taken for a lock if it stays. */
const NEW_MARKER = `${LOCK}.${MARKER}`;
/** Grows when the layout of the directory changes in a way that an older Verdant must not touch. */
const FORMAT = 1;

const markerSchema = z.object({ format: z.int() });

/** The data directory, held by this process until released. */
export interface DataDirectory {
  readonly path: string;
  release(): void;
}

/**
 * Takes a data directory: makes it when it is missing, refuses one that is not ours, and keeps others out.
 * @throws VerdantError `data-directory-in-use`, `data-directory-foreign` or `data-directory-corrupt`
 */
export async function takeDataDirectory(directory: string, version: string): Promise<DataDirectory> {
  const path = resolve(directory);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const entries = await readdir(path);
    if (entries.includes(MARKER)) await checkMarker(path);
    else if (entries.some((entry) => !entry.startsWith(LOCK)))
      throw foreign(path, `It holds ${entries.slice(0, 3).join(', ')}.`);
    const release = await lockForProcess(join(path, LOCK));
    if (!entries.includes(MARKER)) {
      const marker = { format: FORMAT, createdBy: version };
      await writeFile(join(path, NEW_MARKER), `${JSON.stringify(marker)}\n`, { mode: 0o600 });
      await rename(join(path, NEW_MARKER), join(path, MARKER));
    }
    return { path, release };
  } catch (error) {
    if (error instanceof VerdantError) throw error;
    if (error instanceof LockedError) {
      throw new VerdantError('data-directory-in-use', { details: [{ path, message: error.message }] });
    }
    throw new VerdantError('data-directory-corrupt', { details: [{ path, message: String(error) }], cause: error });
  }
}

const foreign = (path: string, message: string): VerdantError =>
  new VerdantError('data-directory-foreign', { details: [{ path, message }] });

async function checkMarker(path: string): Promise<void> {
  const text = await readFile(join(path, MARKER), 'utf8');
  const marker = markerSchema.safeParse(parseJson(text));
  if (!marker.success) {
    throw new VerdantError('data-directory-corrupt', {
      details: [{ path: join(path, MARKER), message: 'It is not readable.' }],
    });
  }
  if (marker.data.format > FORMAT) {
    throw foreign(path, `Its format is ${marker.data.format}; this Verdant knows ${FORMAT}.`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
