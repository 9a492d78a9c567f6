import type { BoardCell as Cell } from '../../src/contract/api/objectives.ts';
import { budgetShort } from '../format/budget.ts';
import { windowLabel } from '../format/window.ts';
import { BudgetBar } from '../kit/budget-bar.tsx';
import { Spark } from '../kit/spark.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import styles from './board-cell.module.css';
import { RowLink } from './row-link.tsx';

/** One objective in one timeframe: SLI, state, budget and the run of it. Leads to the details of this timeframe. */
export function BoardCell(props: { cell: Cell | undefined; name: string; window: string }) {
  const { cell, name, window } = props;
  if (cell === undefined) return <td className={styles.cell} data-state="no-data" />;
  const empty = cell.state === 'no-data';
  return (
    <td className={styles.cell} data-state={cell.state}>
      <RowLink
        name={name}
        window={window}
        className={styles.link}
        label={`Details of ${windowLabel(window)}`}
        secondary
      />
      <span className={styles.window}>{windowLabel(window)}</span>
      <span className={styles.sli}>{empty ? '–' : cell.sliText}</span>
      <span className={styles.spark}>
        {cell.spark && !empty && <Spark values={cell.spark} target={cell.budget.target} state={cell.state} />}
      </span>
      <span className={styles.state}>
        <StateMark state={cell.state} />
      </span>
      <span className={styles.budget}>{empty ? '' : budgetShort(cell.budget)}</span>
      <span className={styles.bar}>
        <BudgetBar remaining={empty ? null : cell.budget.remaining} state={cell.state} />
      </span>
    </td>
  );
}
