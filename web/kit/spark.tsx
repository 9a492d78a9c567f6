import type { WindowState } from '../../src/contract/api/status.ts';
import styles from './spark.module.css';
import { type SparkValues, sparkPath, sparkScale, sparkY } from './spark-path.ts';

const WIDTH = 100;
const HEIGHT = 24;

/** The run of an SLI as a small line with its target. Decoration: the numbers stand beside it. */
export function Spark(props: { values: SparkValues; target: number; state: WindowState }) {
  const box = { width: WIDTH, height: HEIGHT, ...sparkScale(props.values, props.target) };
  const targetY = sparkY(props.target, box);
  return (
    <svg
      aria-hidden="true"
      className={styles.spark}
      data-state={props.state}
      viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`}
      preserveAspectRatio="none"
    >
      <line className={styles.target} x1="0" x2={WIDTH} y1={targetY} y2={targetY} />
      <path className={styles.line} d={sparkPath(props.values, box)} />
    </svg>
  );
}
