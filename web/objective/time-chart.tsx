import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { type ChartLook, chartOptions, remOf } from './chart-options.ts';
import styles from './time-chart.module.css';

/** Height in rem, so that a wall screen gets a larger chart. */
const HEIGHT = 12;

interface TimeChartProps extends ChartLook {
  /** Seconds since the epoch. */
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** A line over time, drawn by uPlot. Its words and its table stand beside it: the picture is hidden from screen readers. */
export function TimeChart({ times, values, ...look }: TimeChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  const latest = useRef(look);
  latest.current = look;
  const shape = JSON.stringify([look.range, look.lines]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the page when scheme or shape change
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const data: uPlot.AlignedData = [[...times], [...values]];
    const height = HEIGHT * remOf();
    const chart = new uPlot(chartOptions(element, element.clientWidth, height, latest.current), data, element);
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [scheme, shape, times, values]);

  return <div ref={place} aria-hidden="true" className={styles.chart} />;
}
