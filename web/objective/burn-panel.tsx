import type { WindowStatus } from '../../src/contract/api/status.ts';
import { formatRate } from '../format/number.ts';
import { windowLabel, windowMs } from '../format/window.ts';
import { Panel } from '../kit/panel.tsx';
import { Term } from '../kit/term.tsx';
import { burnBar, burnMeaning } from './burn-meaning.ts';
import styles from './burn-panel.module.css';

const PERCENT = 100;

/** How fast the budget is being spent, measured over several look-backs. */
export function BurnPanel({ status }: { status: WindowStatus }) {
  const ceiling = status.burnRates.find((one) => one.ceiling !== null)?.ceiling ?? null;
  const span = windowMs(status.window);
  const note = ceiling !== null && (
    <>
      <Term name="ceiling">ceiling</Term> {formatRate(ceiling)}
    </>
  );
  return (
    <Panel title="How fast the budget is spent" {...(note && { note })}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <Term name="lookback">Last</Term>
            </th>
            <th scope="col" className={styles.number}>
              <Term name="burnRate">Burn rate</Term>
            </th>
            <th scope="col">What it means</th>
          </tr>
        </thead>
        <tbody>
          {status.burnRates.map((burn) => {
            const fast = burn.rate !== null && burn.rate > 1;
            return (
              <tr key={burn.lookback} data-fast={fast || undefined}>
                <th scope="row">{windowLabel(burn.lookback)}</th>
                <td className={styles.number}>{formatRate(burn.rate)}</td>
                <td>
                  <span aria-hidden="true" className={styles.track}>
                    <span className={styles.fill} style={{ width: `${burnBar(burn.rate, burn.ceiling) * PERCENT}%` }} />
                    <span className={styles.even} style={{ left: `${burnBar(1, burn.ceiling) * PERCENT}%` }} />
                  </span>
                  <span className={styles.meaning}>{burnMeaning(burn.rate, span)}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}
