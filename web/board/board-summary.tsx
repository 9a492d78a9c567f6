import type { WindowState } from '../../src/contract/api/status.ts';
import { formatCount } from '../format/number.ts';
import { StateIcon } from '../kit/state-mark.tsx';
import { stateMeanings, stateWords } from '../kit/state-words.ts';
import styles from './board-summary.module.css';
import { readStates } from './filter-rows.ts';
import type { StateCounts } from './group-rows.ts';

const order: readonly WindowState[] = ['violated', 'warning', 'healthy', 'no-data'];

/** How many are in which state; each number also filters by it. */
export function BoardSummary(props: {
  counts: StateCounts;
  state: string | undefined;
  onChange: (state: string | undefined) => void;
}) {
  const chosen = readStates(props.state);
  const toggle = (state: WindowState) => {
    const next = chosen.includes(state) ? chosen.filter((one) => one !== state) : [...chosen, state];
    props.onChange(next.length === 0 ? undefined : next.join(','));
  };
  return (
    <fieldset className={styles.summary}>
      <legend className={styles.legend}>Show only objectives that are</legend>
      {order.map((state) => (
        <button
          key={state}
          type="button"
          className={styles.state}
          data-state={state}
          data-none={props.counts[state] === 0 || undefined}
          aria-pressed={chosen.includes(state)}
          title={stateMeanings[state]}
          onClick={() => toggle(state)}
        >
          <StateIcon state={state} />
          <span className={styles.number}>{formatCount(props.counts[state])}</span>
          <span>{stateWords[state].toLowerCase()}</span>
        </button>
      ))}
    </fieldset>
  );
}
