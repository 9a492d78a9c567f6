import type { ComponentType } from 'react';
import type { WindowState } from '../../src/contract/api/status.ts';
import { HealthyIcon, NoDataIcon, ViolatedIcon, WarningIcon } from './icons.tsx';
import styles from './state-mark.module.css';
import { stateWords } from './state-words.ts';

const icons: Readonly<Record<WindowState, ComponentType>> = {
  healthy: HealthyIcon,
  warning: WarningIcon,
  violated: ViolatedIcon,
  'no-data': NoDataIcon,
};

/** The icon of a state, in its colour; its word must stand beside. */
export function StateIcon({ state }: { state: WindowState }) {
  const Shape = icons[state];
  return (
    <span className={styles.icon} data-state={state}>
      <Shape />
    </span>
  );
}

/** A state by colour, shape and word. */
export function StateMark({ state }: { state: WindowState }) {
  return (
    <span className={styles.mark} data-state={state}>
      <StateIcon state={state} />
      <span>{stateWords[state]}</span>
    </span>
  );
}
