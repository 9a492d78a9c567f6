import { tierSegments } from '../../../core/slo/window.ts';
import type { SqlEngine, StatementOptions } from '../engine/sql-engine.ts';
import { cell } from '../engine/sql-engine.ts';
import type { Tier } from './ledger-tiers.ts';
import { slotIn } from './ledger-tiers.ts';
import type { TimeRange } from './request-groups.ts';

/** An objective as the ledger names it: its number and the version of its indicator. */
export interface LedgerKey {
  readonly id: number;
  readonly version: number;
}

/** Sums of one window of one objective. */
export interface WindowSum {
  readonly good: bigint;
  readonly valid: bigint;
  /** Minutes of which anything is known, idle ones too. */
  readonly observedMinutes: number;
}

const EMPTY: WindowSum = { good: 0n, valid: 0n, observedMinutes: 0 };
const TIERS: readonly Tier[] = ['minute', 'hour', 'day'];

/** Ranges of one tier per window. */
type TierRanges = readonly (readonly TimeRange[])[];

/** Seconds at which any range begins or ends: between two of them all slices fall into the same windows. */
const edgesOf = (ranges: readonly TimeRange[]): number[] =>
  [...new Set([0, ...ranges.flatMap(({ fromMs, toMs }) => [fromMs / 1000, toMs / 1000])])].sort((a, b) => a - b);

const partIn = (ranges: readonly TimeRange[]): string =>
  ranges.length === 0
    ? '0'
    : ranges.map(({ fromMs, toMs }) => `(part >= ${fromMs / 1000} AND part < ${toMs / 1000})`).join(' OR ');

/**
 * Sums of one tier per window. Slices are first gathered between edges, in one look at each; which windows they belong
 * to is then asked of a dozen sums an objective, not of every slice.
 */
function tierSelect(tier: Tier, perWindow: TierRanges): string | undefined {
  const all = perWindow.flat();
  if (all.length === 0) return undefined;
  const sums = (column: string): string =>
    `[${perWindow.map((ranges) => `sumIf(${column}, ${partIn(ranges)})`).join(', ')}]`;
  return `SELECT objective, version, ${sums('good')} AS goods, ${sums('valid')} AS valids, ${sums('observed')} AS seen
    FROM (
      SELECT objective, version, roundDown(toUnixTimestamp(slot), [${edgesOf(all).join(', ')}]) AS part,
        sum(good) AS good, sum(valid) AS valid, toUInt64(sum(data_minutes + idle_minutes)) AS observed
      FROM ledger_${tier} FINAL WHERE objective IN {objectives:Array(UInt32)} AND (${slotIn(tier, all)})
      GROUP BY objective, version, part
    ) GROUP BY objective, version`;
}

/**
 * Sums the ledger of objectives over windows, each from the coarsest slices that fit it exactly.
 * @returns per objective number, one sum per window in the order asked; absent objectives have nothing in any window
 */
export async function windowSums(
  engine: SqlEngine,
  objectives: readonly LedgerKey[],
  windows: readonly TimeRange[],
  options: StatementOptions = {},
): Promise<Map<number, readonly WindowSum[]>> {
  const segments = windows.map(({ fromMs, toMs }) => tierSegments(fromMs, toMs));
  const selects = TIERS.map((tier) =>
    tierSelect(
      tier,
      segments.map((list) => list.filter((segment) => segment.tier === tier)),
    ),
  ).filter((select) => select !== undefined);
  const sums = new Map<number, readonly WindowSum[]>();
  if (selects.length === 0 || objectives.length === 0) return sums;
  const rows = await engine.query(
    `SELECT objective, version, sumForEach(goods), sumForEach(valids), sumForEach(seen)
     FROM (${selects.join(' UNION ALL ')}) GROUP BY objective, version
     SETTINGS do_not_merge_across_partitions_select_final = 1`,
    { objective: cell.int, version: cell.int, good: cell.counts, valid: cell.counts, observed: cell.counts },
    { objectives: objectives.map(({ id }) => id) },
    options,
  );
  const versions = new Map(objectives.map(({ id, version }) => [id, version]));
  for (const row of rows) {
    if (versions.get(row.objective) !== row.version) continue;
    sums.set(
      row.objective,
      windows.map((_, index) => sumAt(row, index)),
    );
  }
  return sums;
}

function sumAt(
  row: { readonly good: bigint[]; readonly valid: bigint[]; readonly observed: bigint[] },
  index: number,
): WindowSum {
  return {
    good: row.good[index] ?? EMPTY.good,
    valid: row.valid[index] ?? EMPTY.valid,
    observedMinutes: Number(row.observed[index] ?? 0n),
  };
}
