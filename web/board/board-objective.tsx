import { memo } from 'react';
import type { BoardRow } from '../../src/contract/api/objectives.ts';
import { windowLabel } from '../format/window.ts';
import { BackfillNote } from '../kit/backfill-note.tsx';
import { BoardCell } from './board-cell.tsx';
import styles from './board-objective.module.css';
import { RowLink } from './row-link.tsx';

/** The cells of one objective: its name, its promise, and how it stands in each timeframe. */
export const BoardObjective = memo(function BoardObjective(props: { row: BoardRow; windows: readonly string[] }) {
  const { row, windows } = props;
  return (
    <>
      <th scope="row" className={styles.name}>
        <RowLink name={row.name} className={styles.title} title={row.title}>
          {row.title}
        </RowLink>
        <span className={styles.meta}>
          <span className={styles.service}>{row.service}</span>
          <span className={styles.owner}>{row.owner}</span>
        </span>
        <BackfillNote backfill={row.backfill} />
      </th>
      <td className={styles.target}>
        <span className={styles.targetText}>
          <span className={styles.targetWord}>Target </span>
          {row.targetText}
        </span>
        <span className={styles.targetWindow}>in {windowLabel(row.primaryWindow)}</span>
      </td>
      {windows.map((window, column) => (
        <BoardCell key={window} cell={row.cells[column]} name={row.name} window={window} />
      ))}
    </>
  );
});
