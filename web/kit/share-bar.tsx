import { formatFailureShare } from '../format/number.ts';
import styles from './share-bar.module.css';

const PERCENT = 100;

/**
 * A share as a bar with its number.
 * @param share 0 to 1
 * @param full the share that fills the bar; 1 unless told
 */
export function ShareBar({ share, full = 1 }: { share: number; full?: number }) {
  const width = full > 0 ? Math.min(1, share / full) : 0;
  return (
    <span className={styles.share}>
      <span aria-hidden="true" className={styles.track}>
        <span className={styles.fill} style={{ width: `${(width * PERCENT).toFixed(1)}%` }} />
      </span>
      <span className={styles.number}>{formatFailureShare(share)}</span>
    </span>
  );
}
