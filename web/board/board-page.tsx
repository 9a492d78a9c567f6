import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useMemo } from 'react';
import { useObservedWatermark } from '../api/live-context.ts';
import { boardQuery } from '../api/queries.ts';
import { readWindows } from '../format/window.ts';
import { Failure } from '../kit/notice.tsx';
import { usePageTitle } from '../kit/page-title.ts';
import { BoardEmpty, BoardNoMatch } from './board-empty.tsx';
import { BoardFilters } from './board-filters.tsx';
import { BoardLoading } from './board-loading.tsx';
import styles from './board-page.module.css';
import type { BoardSearch } from './board-search.ts';
import { BoardSummary } from './board-summary.tsx';
import { BoardTable } from './board-table.tsx';
import { filterRows, isFiltered } from './filter-rows.ts';
import { countElsewhere, countStates, groupRows, headline } from './group-rows.ts';
import { sortRows } from './sort-rows.ts';
import { WindowPicker } from './window-picker.tsx';

const noFilter = { q: undefined, audience: undefined, state: undefined, owner: undefined, tag: undefined };

/** All objectives in several timeframes. */
export function BoardPage() {
  const search = useSearch({ from: '/app/' });
  const navigate = useNavigate({ from: '/' });
  const windows = useMemo(() => readWindows(search.windows), [search.windows]);
  const { data: board, error, isPlaceholderData, refetch } = useQuery(boardQuery(windows));
  useObservedWatermark(board?.watermark);

  const deferred = useDeferredValue(search);
  // Sorted before it is filtered: ten thousand rows are put in order when they change, not with each key.
  const sorted = useMemo(() => board && sortRows(board.rows, board.windows, deferred.sort), [board, deferred.sort]);
  const view = useMemo(() => {
    if (sorted === undefined) return undefined;
    const filtered = filterRows(sorted, deferred);
    return { filtered, items: groupRows(filtered, deferred.group ?? 'audience') };
  }, [sorted, deferred]);
  const counts = useMemo(() => countStates(board?.rows ?? []), [board]);
  const elsewhere = useMemo(() => countElsewhere(board?.rows ?? []), [board]);

  const set = (part: BoardSearch) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });

  const title = board === undefined ? 'Board' : headline(counts);
  usePageTitle(board === undefined || board.rows.length === 0 ? 'Board' : title);

  if (board === undefined || view === undefined) {
    if (!error) return <BoardLoading columns={windows.length} />;
    return (
      <div className={styles.failed}>
        <h1>Board</h1>
        <Failure error={error} retry={() => void refetch()} />
      </div>
    );
  }
  if (board.rows.length === 0) return <BoardEmpty />;
  return (
    <>
      <div className={styles.top}>
        <div className={styles.headline}>
          <h1>{title}</h1>
          {elsewhere > 0 && (
            <p className={styles.elsewhere}>
              {elsewhere} {counts.violated > 0 ? 'more ' : ''}
              {elsewhere === 1 ? 'is' : 'are'} violated in another timeframe
            </p>
          )}
        </div>
        <BoardSummary counts={counts} state={search.state} onChange={(state) => set({ state })} />
        <WindowPicker windows={windows} onChange={(next) => set({ windows: next })} />
      </div>
      {error && (
        <p role="alert" className={styles.late}>
          The numbers below are not up to date: {error.message}
        </p>
      )}
      <BoardFilters rows={board.rows} search={search} onChange={set} />
      {view.items.length === 0 ? (
        <BoardNoMatch onClear={() => set(noFilter)} />
      ) : (
        <BoardTable
          items={view.items}
          rows={view.filtered}
          windows={board.windows}
          sort={search.sort}
          stale={isPlaceholderData}
          onSort={(sort) => set({ sort })}
        />
      )}
      <p className={styles.count} role="status">
        {isFiltered(deferred) ? `${view.filtered.length} of ${board.rows.length} objectives shown` : ''}
      </p>
    </>
  );
}
