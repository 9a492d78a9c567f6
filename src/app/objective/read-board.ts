import type { Board, BoardCell, BoardRow } from '../../contract/api/objectives.ts';
import type { WindowStatus } from '../../contract/api/status.ts';
import type { RollingWindow } from '../../core/slo/objective.ts';
import { requireScope } from '../access/require-scope.ts';
import type { ActingContext } from '../verdant-context.ts';
import type { KnownObjective } from './objective-book.ts';
import { summaryView } from './objective-views.ts';
import { unfinishedBackfills } from './read-objectives.ts';
import type { StatusQuery } from './read-status.ts';
import { sparksOf } from './sparks.ts';
import { readMoment, readWindows } from './window-list.ts';
import { windowStatuses } from './window-statuses.ts';

const DEFAULT_WINDOWS = '1h,24h,7d,30d';

/**
 * All objectives over several windows: the page that everybody looks at.
 * @throws VerdantError `invalid-request` for windows that are none
 */
export async function readBoard(ctx: ActingContext, query: StatusQuery): Promise<Board> {
  requireScope(ctx.actor, 'objectives:read');
  const windows = readWindows(query.windows ?? DEFAULT_WINDOWS);
  const [objectives, backfills] = await Promise.all([ctx.objectives.all(), unfinishedBackfills(ctx)]);
  const asked = { objectives, atMs: readMoment(query.at, ctx.evaluation.watermarkMs) };
  const columns = withPrimaries(windows, objectives);
  const [statuses, sparks] = await Promise.all([
    windowStatuses(ctx, { ...asked, windows: columns, lookbacks: [] }),
    query.spark > 0 ? sparksOf(ctx, { ...asked, windows }, query.spark) : undefined,
  ]);
  const rows = objectives.map((known): BoardRow => {
    const all = statuses.get(known.id) ?? [];
    const lines = sparks?.get(known.id);
    const cells = all.slice(0, windows.length).map(cellOf);
    return {
      ...rowHead(known, backfills),
      state: stateOver(known.objective.primaryWindow, columns, all),
      cells: lines === undefined ? cells : cells.map((status, index) => ({ ...status, spark: lines[index] ?? [] })),
    };
  });
  return {
    watermark: new Date(ctx.evaluation.watermarkMs).toISOString(),
    windows: windows.map(({ text }) => text),
    rows,
  };
}

function cellOf({ burnRates: _b, watermark: _w, ...cell }: WindowStatus): BoardCell {
  return cell;
}

function rowHead(known: KnownObjective, backfills: Awaited<ReturnType<typeof unfinishedBackfills>>) {
  const {
    indicator: _i,
    description: _d,
    createdAt: _c,
    updatedAt: _u,
    ...head
  } = summaryView(known, backfills.get(known.id));
  return head;
}

/** The windows asked for, and behind them the primary windows that are not among them: they decide the state. */
function withPrimaries(windows: readonly RollingWindow[], objectives: readonly KnownObjective[]): RollingWindow[] {
  const columns = [...windows];
  for (const { objective } of objectives) {
    if (!columns.some(({ ms }) => ms === objective.primaryWindow.ms)) columns.push(objective.primaryWindow);
  }
  return columns;
}

function stateOver(
  window: RollingWindow,
  columns: readonly RollingWindow[],
  all: readonly WindowStatus[],
): BoardRow['state'] {
  return all[columns.findIndex(({ ms }) => ms === window.ms)]?.state ?? 'no-data';
}
