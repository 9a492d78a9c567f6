import { Link } from '@tanstack/react-router';
import type { WindowStatus } from '../../src/contract/api/status.ts';
import { budgetShort } from '../format/budget.ts';
import { windowLabel, windowPurpose } from '../format/window.ts';
import { BudgetBar } from '../kit/budget-bar.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import styles from './window-tabs.module.css';

interface WindowTabsProps {
  readonly name: string;
  readonly statuses: readonly WindowStatus[];
  readonly chosen: string;
}

/** The objective in all its timeframes at once; the one that is chosen fills the page below. */
export function WindowTabs({ name, statuses, chosen }: WindowTabsProps) {
  return (
    <nav aria-label="Timeframes" className={styles.tabs}>
      {statuses.map((status) => (
        <Link
          key={status.window}
          to="/objectives/$name"
          params={{ name }}
          search={{ window: status.window }}
          replace
          resetScroll={false}
          className={styles.tab}
          data-state={status.state}
          data-chosen={status.window === chosen || undefined}
          activeProps={{}}
          aria-current={status.window === chosen ? 'true' : undefined}
          title={windowPurpose(status.window).long}
        >
          <span className={styles.window}>{windowLabel(status.window)}</span>
          <span className={styles.purpose}>{windowPurpose(status.window).short}</span>
          <span className={styles.sli}>{status.state === 'no-data' ? '–' : status.sliText}</span>
          <span className={styles.state}>
            <StateMark state={status.state} />
            <span className={styles.budget}>{status.state === 'no-data' ? '' : budgetShort(status.budget)}</span>
          </span>
          <BudgetBar remaining={status.state === 'no-data' ? null : status.budget.remaining} state={status.state} />
        </Link>
      ))}
    </nav>
  );
}
