import { type ReactNode, useId } from 'react';
import styles from './panel.module.css';

/** A part of a page under its own heading. */
export function Panel({ title, note, children }: { title: ReactNode; note?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.panel}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {note !== undefined && <div className={styles.note}>{note}</div>}
      </header>
      {children}
    </section>
  );
}
