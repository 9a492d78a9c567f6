import { tierSegments } from '../../../core/slo/window.ts';
import type { SqlEngine } from '../engine/sql-engine.ts';
import { cell } from '../engine/sql-engine.ts';
import { coarsestTier, slotIn } from './ledger-tiers.ts';
import type { TimeRange } from './request-groups.ts';
import type { LedgerKey } from './window-sums.ts';

/** Counts of one step of a series. */
export interface StepCount {
  /** Milliseconds, start of the step on the grid of its length; the first step of a window may begin later. */
  readonly stepMs: number;
  readonly good: bigint;
  readonly valid: bigint;
}

/**
 * Good and valid events of objectives in steps over a range, oldest first; steps without a slice are left out.
 * The sum over all steps equals the sum over the range.
 * @param stepMs whole minutes
 */
export async function ledgerSeries(
  engine: SqlEngine,
  objectives: readonly LedgerKey[],
  range: TimeRange,
  stepMs: number,
): Promise<Map<number, StepCount[]>> {
  const parts = tierSegments(range.fromMs, range.toMs, coarsestTier(stepMs));
  const tiers = [...new Set(parts.map(({ tier }) => tier))];
  const seconds = stepMs / 1000;
  const selects = tiers.map(
    (
      tier,
    ) => `SELECT objective, version, intDiv(toUnixTimestamp(slot), ${seconds}) * ${seconds} AS step, sum(good) AS g, sum(valid) AS v
      FROM ledger_${tier} FINAL
      WHERE objective IN {objectives:Array(UInt32)} AND (${slotIn(
        tier,
        parts.filter((part) => part.tier === tier),
      )})
      GROUP BY objective, version, step`,
  );
  const rows = await engine.query(
    `SELECT objective, version, step, sum(g), sum(v) FROM (${selects.join(' UNION ALL ')})
     GROUP BY objective, version, step ORDER BY objective, version, step
     SETTINGS do_not_merge_across_partitions_select_final = 1`,
    { objective: cell.int, version: cell.int, step: cell.int, good: cell.count, valid: cell.count },
    { objectives: objectives.map(({ id }) => id) },
  );
  const series = new Map<number, StepCount[]>();
  const versions = new Map(objectives.map(({ id, version }) => [id, version]));
  for (const { objective, version, step, good, valid } of rows) {
    if (versions.get(objective) !== version) continue;
    const steps = series.get(objective) ?? [];
    steps.push({ stepMs: step * 1000, good, valid });
    series.set(objective, steps);
  }
  return series;
}
