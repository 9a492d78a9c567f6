import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** Longer than the two system calls between finding a dead holder and replacing its file. */
const TAKEOVER_SETTLES_MS = 100;

const holderSchema = z.object({ pid: z.int().positive(), startedAt: z.string(), nonce: z.string() });
type Holder = z.output<typeof holderSchema>;

/** Nonces of the locks that this process holds: its own pid in a file alone proves nothing when pids repeat. */
const held = new Set<string>();

const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** Start of a process in clock ticks since boot, with the boot; empty where there is no /proc (macOS). */
function startOf(pid: number): string {
  const stat = readText(`/proc/${pid}/stat`);
  const boot = readText('/proc/sys/kernel/random/boot_id')?.trim();
  // The name in parentheses may hold anything; starttime is the 20th field behind it (proc_pid_stat(5)).
  const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return ticks === undefined || boot === undefined ? '' : `${boot}/${ticks}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readText(path) ?? ''));
  } catch {
    return undefined;
  }
}

function holds(holder: Holder): boolean {
  if (holder.pid === process.pid) return held.has(holder.nonce);
  return isAlive(holder.pid) && startOf(holder.pid) === holder.startedAt;
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Another living process holds the lock. */
export class LockedError extends Error {
  readonly path: string;

  constructor(path: string, pid: number | undefined) {
    super(`${pid === undefined ? 'another process' : `process ${pid}`} holds it`);
    this.name = 'LockedError';
    this.path = path;
  }
}

/**
 * Takes a lock file for this process. What a killed process left behind is taken over: its pid is gone, or belongs to a
 * process that started at another time.
 * @returns gives the lock back
 * @throws LockedError when a living process holds it
 */
export async function lockForProcess(path: string): Promise<() => void> {
  const nonce = randomBytes(12).toString('hex');
  const mine = `${path}.${nonce}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid), nonce }));
  try {
    if (!tryLink(mine, path)) {
      const holder = readHolder(path);
      if (holder !== undefined && holds(holder)) throw new LockedError(path, holder.pid);
      renameSync(mine, path);
      // Another process may replace the dead holder at the same moment: the last one has it.
      await sleep(TAKEOVER_SETTLES_MS);
      const winner = readHolder(path);
      if (winner?.nonce !== nonce) throw new LockedError(path, winner?.pid);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  held.add(nonce);
  return () => {
    held.delete(nonce);
    if (readHolder(path)?.nonce === nonce) rmSync(path, { force: true });
  };
}
