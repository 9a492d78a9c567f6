import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import type { Series } from '../../src/contract/api/objectives.ts';
import { seriesQuery } from '../api/queries.ts';
import { formatPercent } from '../format/number.ts';
import { formatMoment } from '../format/time.ts';
import { windowLabel } from '../format/window.ts';
import { Failure } from '../kit/notice.tsx';
import { Panel } from '../kit/panel.tsx';
import { Term } from '../kit/term.tsx';
import styles from './series-panel.module.css';
import { seriesSummary, shareRange } from './series-summary.ts';
import { SeriesTable } from './series-table.tsx';
import { TimeChart } from './time-chart.tsx';

const MS_PER_SECOND = 1000;

interface SeriesPanelProps {
  readonly name: string;
  readonly window: string;
  readonly warning: number | null;
}

/** Since when: SLI and budget over the timeframe. */
export function SeriesPanel({ name, window, warning }: SeriesPanelProps) {
  const { data, error, refetch } = useQuery(seriesQuery(name, window));
  return (
    <Panel title={`The last ${windowLabel(window)}`}>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!(data || error) && <p role="status">Loading the history</p>}
      {data && <Charts series={data} warning={warning} />}
    </Panel>
  );
}

function Charts({ series, warning }: { series: Series; warning: number | null }) {
  const { times, sli, budget } = useMemo(() => columnsOf(series), [series]);
  const [hovered, setHovered] = useState<number>();
  const span = Date.parse(series.to) - Date.parse(series.from);
  const summary = useMemo(() => seriesSummary(series), [series]);
  const point = hovered === undefined ? undefined : series.points[hovered];
  const at = (value: number | null, fallback: string) =>
    point === undefined
      ? fallback
      : `${formatMoment(point.time, span)}: ${value === null ? 'no data' : formatPercent(value)}`;
  const targets = [
    { label: 'Target', value: series.target, tone: 'bad' as const },
    ...(warning === null ? [] : [{ label: 'Warning', value: warning, tone: 'warn' as const }]),
  ];
  return (
    <div className={styles.charts}>
      <Chart
        title={<Term name="sli">SLI</Term>}
        rest=": share of good requests"
        words={at(point?.sli ?? null, summary.sli)}
      >
        <TimeChart
          times={times}
          values={sli}
          range={shareRange(sli, series.target)}
          lines={targets}
          format={formatPercent}
          onPoint={setHovered}
        />
      </Chart>
      <Chart
        title={<Term name="budget">Error budget</Term>}
        rest=" left"
        words={at(point?.budgetRemaining ?? null, summary.budget)}
      >
        <TimeChart
          times={times}
          values={budget}
          range={[Math.min(0, ...budget.filter((one) => one !== null)), 1]}
          lines={[{ label: 'Spent', value: 0, tone: 'bad' }]}
          format={formatPercent}
          onPoint={setHovered}
          filled
        />
      </Chart>
      <SeriesTable series={series} />
    </div>
  );
}

function columnsOf(series: Series) {
  return {
    times: series.points.map((point) => Date.parse(point.time) / MS_PER_SECOND),
    sli: series.points.map((point) => point.sli),
    budget: series.points.map((point) => point.budgetRemaining),
  };
}

function Chart(props: { title: ReactNode; rest: string; words: string; children: ReactNode }) {
  return (
    <figure>
      <figcaption className={styles.caption}>
        <h3>
          {props.title}
          {props.rest}
        </h3>
        <p>{props.words}</p>
      </figcaption>
      {props.children}
    </figure>
  );
}
