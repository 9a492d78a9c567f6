import type { z } from 'zod';
import type { backfillSchema } from '../../src/contract/api/objectives.ts';
import styles from './backfill-note.module.css';

const PERCENT = 100;

/** Says that the history of an objective is still being computed, and how far it is; nothing once it is done. */
export function BackfillNote({ backfill }: { backfill: z.output<typeof backfillSchema> }) {
  if (backfill.state === 'done') return null;
  const percent = Math.floor(backfill.progress * PERCENT);
  const text = backfill.state === 'waiting' ? 'History: waiting its turn' : `Computing history: ${percent}%`;
  return (
    <span className={styles.note}>
      <span>{text}</span>
      <span aria-hidden="true" className={styles.track}>
        <span className={styles.fill} style={{ width: `${percent}%` }} />
      </span>
    </span>
  );
}
