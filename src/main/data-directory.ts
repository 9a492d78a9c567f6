import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { VerdantError } from '../contract/errors.ts';

const MARKER = 'verdant.json';
const LOCK = 'lock';
/** Grows when the layout of the directory changes in a way that an older Verdant must not touch. */
const FORMAT = 1;

const markerSchema = z.object({ format: z.int() });
const lockSchema = z.object({ pid: z.int(), started: z.string() });

/** The data directory, held by this process until released. */
export interface DataDirectory {
  readonly path: string;
  release(): Promise<void>;
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
    else if (entries.some((entry) => entry !== LOCK))
      throw foreign(path, `It holds ${entries.slice(0, 3).join(', ')}.`);
    await takeLock(path);
    if (!entries.includes(MARKER)) {
      const marker = { format: FORMAT, createdBy: version };
      await writeFile(join(path, MARKER), `${JSON.stringify(marker)}\n`, { mode: 0o600 });
    }
  } catch (error) {
    if (error instanceof VerdantError) throw error;
    throw new VerdantError('data-directory-corrupt', { details: [{ path, message: String(error) }], cause: error });
  }
  return { path, release: () => rm(join(path, LOCK), { force: true }) };
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

/** A lock outlives kill -9 as a file, so it names its process and when that began: a stale one is taken over. */
async function takeLock(path: string): Promise<void> {
  const file = join(path, LOCK);
  const own = JSON.stringify({ pid: process.pid, started: (await startOf(process.pid)) ?? '' });
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(file, 'wx', 0o600);
      await handle.writeFile(own);
      await handle.close();
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = lockSchema.safeParse(parseJson(await readFile(file, 'utf8').catch(() => '')));
    if (holder.success && (await isAlive(holder.data))) {
      throw new VerdantError('data-directory-in-use', {
        details: [{ path, message: `Process ${holder.data.pid} has it.` }],
      });
    }
    await rm(file, { force: true });
  }
  throw new VerdantError('data-directory-in-use', {
    details: [{ path, message: 'Another process is just taking it.' }],
  });
}

async function isAlive({ pid, started }: z.output<typeof lockSchema>): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = await startOf(pid);
  return now === undefined || started === '' || now === started;
}

/** When a process began, as the kernel counts it; undefined where there is no /proc. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
