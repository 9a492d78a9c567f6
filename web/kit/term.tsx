import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './term.module.css';
import { type TermName, terms } from './terms.ts';

const WIDTH = 280;

/** A word that explains itself when it is pointed at, focused or touched. */
export function Term({ name, children }: { name: TermName; children: ReactNode }) {
  return (
    <Tooltip
      label={terms[name]}
      multiline
      w={WIDTH}
      events={{ hover: true, focus: true, touch: true }}
      transitionProps={{ duration: 0 }}
      // Inside the main landmark: what stands outside of all landmarks is skipped by some screen readers.
      portalProps={{ target: '#content' }}
    >
      <button type="button" className={styles.term}>
        {children}
      </button>
    </Tooltip>
  );
}
