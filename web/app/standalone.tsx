import type { ReactNode } from 'react';
import { Mark } from '../kit/icons.tsx';
import { usePageTitle } from '../kit/page-title.ts';
import styles from './standalone.module.css';

/** A page that stands alone, without the frame of the application. */
export function Standalone({ title, children }: { title: string; children: ReactNode }) {
  usePageTitle(title);
  return (
    <main className={styles.page}>
      <p className={styles.brand}>
        <Mark />
        <span>Verdant</span>
      </p>
      <h1>{title}</h1>
      {children}
    </main>
  );
}
