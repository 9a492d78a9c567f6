import { z } from 'zod';
import type { Clock } from '../../src/lib/clock.ts';
import { historyPlanSchema, planHistory } from '../history/plan.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import type { ProcessKeeper } from './process-keeper.ts';

/** A silence longer than this is a gap: the laptop slept, or the demo was off. */
const GAP_MS = 120_000;

const liveSchema = z.object({ until: z.int() });

/** What a history keeper works with. */
export interface HistoryKeeping {
  readonly clock: Clock;
  readonly days: number;
  /** File with the plan; between start and end it belongs to the process that writes the history. */
  readonly historyFile: string;
  /** File that says until when the live services ran. */
  readonly liveFile: string;
  readonly process: Pick<ProcessKeeper, 'pid' | 'start'>;
}

/** Sees to it that no stretch of time stays empty: notes until when the bank is live, and has gaps written. */
export class HistoryKeeper {
  readonly #keeping: HistoryKeeping;
  #gaps: [number, number][] = [];
  #liveUntil: number;

  constructor(keeping: HistoryKeeping) {
    this.#keeping = keeping;
    const now = keeping.clock.now();
    const before = liveSchema.safeParse(readJsonFile(keeping.liveFile)).data?.until;
    if (before !== undefined) this.#gaps.push([before, now]);
    this.#liveUntil = now;
  }

  /** Plans what is missing and has it written. */
  start(): void {
    const { historyFile, days, clock, liveFile, process } = this.#keeping;
    const before = historyPlanSchema.safeParse(readJsonFile(historyFile)).data;
    writeJsonFile(historyFile, planHistory(before, { now: clock.now(), days, gaps: this.#gaps }));
    this.#gaps = [];
    writeJsonFile(liveFile, { until: this.#liveUntil });
    process.start();
  }

  /** To be called every some seconds while the bank is live. */
  noteLive(): void {
    const { clock, liveFile, process } = this.#keeping;
    const now = clock.now();
    if (now - this.#liveUntil > GAP_MS) this.#gaps.push([this.#liveUntil, now]);
    this.#liveUntil = now;
    if (this.#gaps.length > 0 && process.pid === undefined) this.start();
    // With a gap still waiting, the file keeps the gap's beginning, in case this process dies before it is planned.
    if (this.#gaps.length === 0) writeJsonFile(liveFile, { until: now });
  }
}
