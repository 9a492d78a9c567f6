import { type Tier, tierSegments } from '../../../core/slo/window.ts';
import type { SqlEngine, StatementOptions } from '../engine/sql-engine.ts';
import { cell } from '../engine/sql-engine.ts';

import { objectiveIn, slotIn, TIER_MS } from './ledger-tiers.ts';
import type { TimeRange } from './request-groups.ts';
import { coveringSlices } from './roll-up.ts';

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

/** Windows are told by the bits of a 64-bit number. */
export const MOST_WINDOWS = 64;

/** From each edge on, which windows a slice falls into. */
interface Parts {
  /** Seconds, ascending. */
  readonly edges: readonly number[];
  /** Bit i: window i. */
  readonly masks: readonly bigint[];
}

function partsOf(perWindow: TierRanges): Parts {
  const times = perWindow.flat().flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  const edges = [...new Set([0, ...times])].sort((a, b) => a - b);
  const masks = edges.map((edge) =>
    perWindow.reduce((mask, ranges, index) => {
      const inside = ranges.some(({ fromMs, toMs }) => fromMs <= edge && edge < toMs);
      return inside ? mask | (1n << BigInt(index)) : mask;
    }, 0n),
  );
  return { edges: edges.map((ms) => ms / 1000), masks };
}

/**
 * Sums of one tier per set of windows. Each slice is looked at once, however many windows there are, and the statement
 * is short: planning a sum for each window took longer than reading.
 */
function tierSelect(tier: Tier, perWindow: TierRanges, objectives: string): string | undefined {
  const all = perWindow.flat();
  if (all.length === 0) return undefined;
  const { edges, masks } = partsOf(perWindow);
  const starts = `[${edges.join(', ')}]`;
  const part = `roundDown(toUnixTimestamp(slot), ${starts})`;
  return `SELECT objective, version, transform(${part}, ${starts}, [${masks.join(', ')}], toUInt64(0)) AS windows,
      sum(good) AS goods, sum(valid) AS valids, toUInt64(sum(data_minutes + idle_minutes)) AS seen
    FROM ledger_${tier} FINAL
    WHERE ${objectives} AND (${slotIn(tier, coveringSlices(all, TIER_MS[tier]))})
    GROUP BY objective, version, windows`;
}

/**
 * Sums the ledger of objectives over windows, each from the coarsest slices that fit it exactly.
 * @param windows at most {@link MOST_WINDOWS}
 * @returns per objective number, one sum per window in the order asked; absent objectives have nothing in any window
 */
export async function windowSums(
  engine: SqlEngine,
  objectives: readonly LedgerKey[],
  windows: readonly TimeRange[],
  options: StatementOptions = {},
): Promise<Map<number, readonly WindowSum[]>> {
  if (windows.length > MOST_WINDOWS) throw new RangeError(`${windows.length} windows at once`);
  const ids = objectives.map(({ id }) => id);
  const segments = windows.map(({ fromMs, toMs }) => tierSegments(fromMs, toMs));
  const selects = TIERS.map((tier) =>
    tierSelect(
      tier,
      segments.map((list) => list.filter((segment) => segment.tier === tier)),
      objectiveIn(ids),
    ),
  ).filter((select) => select !== undefined);
  const sums = new Map<number, readonly WindowSum[]>();
  if (selects.length === 0 || objectives.length === 0) return sums;
  const perWindow = (column: string): string =>
    `sumForEach(arrayMap(index -> ${column} * bitTest(windows, index), range(${windows.length})))`;
  const rows = await engine.query(
    `SELECT objective, version, ${perWindow('goods')}, ${perWindow('valids')}, ${perWindow('seen')}
     FROM (${selects.join(' UNION ALL ')}) GROUP BY objective, version
     SETTINGS do_not_merge_across_partitions_select_final = 1`,
    { objective: cell.int, version: cell.int, good: cell.counts, valid: cell.counts, observed: cell.counts },
    { objectives: ids },
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
