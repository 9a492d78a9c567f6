import { memo, useMemo } from 'react';
import type { BoardRow } from '../../src/contract/api/objectives.ts';
import { windowLabel, windowPurpose } from '../format/window.ts';
import { SortIcon } from '../kit/icons.tsx';
import { StateIcon } from '../kit/state-mark.tsx';
import styles from './board-table.module.css';
import { countColumn } from './group-rows.ts';

interface BoardHeaderProps {
  readonly rows: readonly BoardRow[];
  readonly windows: readonly string[];
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
}

/** Names the timeframes, says what each is good for and what is wrong in it; a click puts its worst on top. */
export const BoardHeader = memo(function BoardHeader({ rows, windows, sort, onSort }: BoardHeaderProps) {
  return (
    <thead className={styles.head}>
      <tr aria-rowindex={1} className={styles.grid}>
        <th scope="col" className={styles.headName}>
          Objective
        </th>
        <th scope="col" className={styles.headTarget}>
          Target
        </th>
        {windows.map((window, column) => (
          <WindowHead
            key={window}
            window={window}
            column={column}
            rows={rows}
            sorted={sort === window}
            onSort={() => onSort(sort === window ? undefined : window)}
          />
        ))}
      </tr>
    </thead>
  );
});

function WindowHead(props: {
  window: string;
  column: number;
  rows: readonly BoardRow[];
  sorted: boolean;
  onSort: () => void;
}) {
  const { window, column, rows, sorted, onSort } = props;
  const counts = useMemo(() => countColumn(rows, column), [rows, column]);
  const purpose = windowPurpose(window);
  return (
    <th scope="col" aria-sort={sorted ? 'other' : 'none'} className={styles.headWindow}>
      <button type="button" title={`${purpose.long} Press to see the worst of it first.`} onClick={onSort}>
        <span className={styles.headLine}>
          <span className={styles.headLabel}>{windowLabel(window)}</span>
          {sorted && <SortIcon />}
          {(['violated', 'warning'] as const).map(
            (state) =>
              counts[state] > 0 && (
                <span key={state} className={styles.headCount} data-state={state}>
                  <StateIcon state={state} />
                  {counts[state]}
                  <span className={styles.hidden}> {state}</span>
                </span>
              ),
          )}
        </span>
        <span className={styles.purpose}>{purpose.short}</span>
      </button>
    </th>
  );
}
