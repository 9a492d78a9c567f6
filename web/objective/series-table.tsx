import { useState } from 'react';
import type { Series } from '../../src/contract/api/objectives.ts';
import { formatCount, formatPercent, formatRate } from '../format/number.ts';
import { formatMoment } from '../format/time.ts';
import table from '../kit/data-table.module.css';
import styles from './series-table.module.css';

const percent = (ratio: number | null): string => (ratio === null ? 'no data' : formatPercent(ratio));

/** The points of the charts as a table: for screen readers, and for whoever wants the exact numbers. */
export function SeriesTable({ series }: { series: Series }) {
  const [open, setOpen] = useState(false);
  const span = Date.parse(series.to) - Date.parse(series.from);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>The same as a table</summary>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section className={styles.scroll} tabIndex={0} aria-label="History as a table">
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col" className={table.number}>
                  Good
                </th>
                <th scope="col" className={table.number}>
                  Counted
                </th>
                <th scope="col" className={table.number}>
                  SLI
                </th>
                <th scope="col" className={table.number}>
                  Budget left
                </th>
                <th scope="col" className={table.number}>
                  Burn rate
                </th>
              </tr>
            </thead>
            <tbody>
              {series.points.map((point) => (
                <tr key={point.time}>
                  <th scope="row">{formatMoment(point.time, span)}</th>
                  <td className={table.number}>{formatCount(point.good)}</td>
                  <td className={table.number}>{formatCount(point.valid)}</td>
                  <td className={table.number}>{percent(point.sli)}</td>
                  <td className={table.number}>{percent(point.budgetRemaining)}</td>
                  <td className={table.number}>{formatRate(point.burnRate)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}
