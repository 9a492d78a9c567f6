import type { WindowState } from '../../src/contract/api/status.ts';
import styles from './budget-bar.module.css';

/** The part of a budget that is left; hatched all over when it is overspent. Decoration: the words stand beside it. */
export function BudgetBar({ remaining, state }: { remaining: number | null; state: WindowState }) {
  const over = remaining !== null && remaining < 0;
  const width = remaining === null ? 0 : over ? 1 : Math.min(1, remaining);
  return (
    <span aria-hidden="true" className={styles.track}>
      <span
        className={styles.fill}
        data-state={state}
        data-over={over || undefined}
        style={{ width: `${(width * 100).toFixed(1)}%` }}
      />
    </span>
  );
}
