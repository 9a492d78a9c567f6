import type { WindowState } from '../../src/contract/api/status.ts';
import styles from './budget-bar.module.css';

/** The part of a budget that is left; hatched all over when it is overspent. Decoration: the words stand beside it. */
export function BudgetBar({ remaining, state }: { remaining: number | null; state: WindowState }) {
  // Without any allowance (a target of 100%) there is no share to tell, but a broken promise is overspent all the same.
  const over = remaining === null ? state === 'violated' : remaining < 0;
  const width = over ? 1 : Math.min(1, remaining ?? 0);
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
