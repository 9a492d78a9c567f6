import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const packageSchema = z.object({ version: z.string() });

/** Where and with what a run was made. Nothing that names the machine or a person. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly verdant: string;
  readonly chdb: string;
  readonly pglite: string;
}

const versionOf = (path: string): string => packageSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).version;

export function describeMachine(root: string): Machine {
  return {
    cpu: cpus()[0]?.model.trim() || 'unknown processor',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release().split('-')[0]} ${arch()}`,
    node: process.versions.node,
    verdant: versionOf(join(root, 'package.json')),
    chdb: versionOf(join(root, 'node_modules', 'chdb', 'package.json')),
    pglite: versionOf(join(root, 'node_modules', '@electric-sql', 'pglite', 'package.json')),
  };
}

/** Such as `linux-x64-2-cores`, for the name of a file. */
export const machineName = (machine: Machine): string => `${platform()}-${arch()}-${machine.cores}-cores`;

/** Processes that waited for a processor over 1, 5 and 15 minutes. */
export const loadAverage = (): string =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
