import { formatCount } from '../format/number.ts';
import { StateIcon } from '../kit/state-mark.tsx';
import { stateWords } from '../kit/state-words.ts';
import styles from './board-group.module.css';
import type { BoardItem } from './group-rows.ts';

interface BoardGroupProps {
  readonly group: Extract<BoardItem, { kind: 'group' }>;
  /** How many columns the table has. */
  readonly columns: number;
}

/** The head of a group of objectives, with how it stands. */
export function BoardGroup({ group, columns }: BoardGroupProps) {
  const bad = (['violated', 'warning', 'no-data'] as const).filter((state) => group.counts[state] > 0);
  return (
    <th scope="rowgroup" colSpan={columns} className={styles.group}>
      <h2 className={styles.title}>{group.title}</h2>
      {group.note !== '' && <span className={styles.note}>{group.note}</span>}
      <span className={styles.counts}>
        {bad.map((state) => (
          <span key={state} className={styles.count} data-state={state}>
            <StateIcon state={state} />
            {formatCount(group.counts[state])} {stateWords[state].toLowerCase()}
          </span>
        ))}
        <span className={styles.size}>
          {formatCount(group.size)} {group.size === 1 ? 'objective' : 'objectives'}
        </span>
      </span>
    </th>
  );
}
