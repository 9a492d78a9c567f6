import type { ObjectiveDetail } from '../../src/contract/api/objectives.ts';
import { BackfillNote } from '../kit/backfill-note.tsx';
import styles from './objective-head.module.css';

/** What the objective promises, and why. */
export function ObjectiveHead({ objective }: { objective: ObjectiveDetail }) {
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{objective.title}</h1>
      <p className={styles.indicator}>{objective.indicatorText}</p>
      {objective.description !== '' && <p className={styles.description}>{objective.description}</p>}
      <BackfillNote backfill={objective.backfill} />
    </header>
  );
}
