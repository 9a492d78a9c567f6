import type { ReactNode } from 'react';
import { toApiError } from '../api/api-error.ts';
import styles from './notice.module.css';

/** A quiet message in the place of content: what is so, and what to do. */
export function Notice({ title, children, tone }: { title: string; children: ReactNode; tone?: 'bad' }) {
  return (
    <section className={styles.notice} data-tone={tone} {...(tone === 'bad' && { role: 'alert' })}>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.body}>{children}</div>
    </section>
  );
}

/** A failure: what happened, what to do, and a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { message, fix, details, code } = toApiError(error);
  return (
    <Notice title={message} tone="bad">
      <p>{fix}</p>
      {details.length > 0 && (
        <ul className={styles.details}>
          {details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
      <p className={styles.code}>
        {retry && (
          <button type="button" className={styles.retry} onClick={retry}>
            Try again
          </button>
        )}
        <span>
          Code <code>{code}</code>
        </span>
      </p>
    </Notice>
  );
}
