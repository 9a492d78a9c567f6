import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Clock ticks a second of `/proc/PID/stat`; 100 on every Linux (`getconf CLK_TCK`). */
const TICKS = 100;
const QUIET_MS = 400;
const QUIET_SHARE = 0.05;

/** CPU seconds of user and system that a process and its threads have used (proc(5), fields 14 and 15). */
export function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resident bytes of a process now. */
export function residentBytes(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) * 1024;
}

/** Waits until a process hardly works any more: an engine merges what was written after it has acknowledged it. */
async function untilQuiet(pid: number, limitMs: number): Promise<void> {
  const limit = Date.now() + limitMs;
  for (let before = cpuSeconds(pid); Date.now() < limit; ) {
    await sleep(QUIET_MS);
    const after = cpuSeconds(pid);
    if (after - before < (QUIET_MS / 1000) * QUIET_SHARE) return;
    before = after;
  }
}

export interface Cost<T> {
  readonly result: T;
  /** CPU seconds until the work was done. */
  readonly cpu: number;
  /** CPU seconds of what the process did afterwards because of it, such as merging what was written. */
  readonly cpuAfter: number;
  /** Highest resident bytes seen meanwhile. */
  readonly peakBytes: number;
}

/** What some work costs another process. */
export async function costOf<T>(pid: number, work: () => Promise<T>, quietLimitMs = 5000): Promise<Cost<T>> {
  await untilQuiet(pid, quietLimitMs);
  const before = cpuSeconds(pid);
  let peakBytes = residentBytes(pid);
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytes(pid));
  }, 50);
  try {
    const result = await work();
    const done = cpuSeconds(pid);
    await untilQuiet(pid, quietLimitMs);
    return { result, cpu: done - before, cpuAfter: cpuSeconds(pid) - done, peakBytes };
  } finally {
    clearInterval(watch);
  }
}
