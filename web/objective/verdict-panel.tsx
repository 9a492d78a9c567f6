import type { ObjectiveDetail } from '../../src/contract/api/objectives.ts';
import type { WindowStatus } from '../../src/contract/api/status.ts';
import { budgetPhrase } from '../format/budget.ts';
import { formatPercent } from '../format/number.ts';
import { formatMoment } from '../format/time.ts';
import { windowLabel, windowMs } from '../format/window.ts';
import { BudgetBar } from '../kit/budget-bar.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { Term } from '../kit/term.tsx';
import { allowance, outageLeft, verdict } from './verdict.ts';
import styles from './verdict-panel.module.css';

/** The answer, large: how good, is that good enough, and how much may still go wrong. */
export function VerdictPanel({ status, objective }: { status: WindowStatus; objective: ObjectiveDetail }) {
  const span = windowMs(status.window);
  const decides = windowMs(objective.primaryWindow) === span;
  return (
    <section className={styles.panel} data-state={status.state} aria-label="Verdict">
      <div className={styles.answer}>
        <p className={styles.state}>
          <StateMark state={status.state} />
          <span className={styles.span}>
            in the last {windowLabel(status.window)}
            {decides && (
              <>
                {', '}
                <Term name="primaryWindow">the window that decides</Term>
              </>
            )}
          </span>
        </p>
        <p className={styles.sli}>{status.state === 'no-data' ? 'Unknown' : status.sliText}</p>
        <p className={styles.target}>
          <Term name="target">Target</Term> {objective.targetText}
          {objective.warningText !== null && <>, warning below {objective.warningText}</>}
        </p>
      </div>
      <div className={styles.words}>
        <p className={styles.verdict}>{verdict(status)}</p>
        <p className={styles.budgetLine}>
          <Term name="budget">Error budget</Term>
          <strong>{status.state === 'no-data' ? 'unknown' : budgetPhrase(status.budget)}</strong>
        </p>
        <BudgetBar remaining={status.state === 'no-data' ? null : status.budget.remaining} state={status.state} />
        <p className={styles.allowance}>
          {[allowance(status), outageLeft(status)].filter((text) => text !== undefined).join(' ')}
        </p>
        <p className={styles.fine}>
          {formatMoment(status.from, span)} to {formatMoment(status.to, span)}, <Term name="coverage">coverage</Term>{' '}
          {formatPercent(status.coverage)}
        </p>
      </div>
    </section>
  );
}
