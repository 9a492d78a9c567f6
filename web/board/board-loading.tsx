import styles from './board-loading.module.css';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** The shape of the board while its numbers are on their way. */
export function BoardLoading({ columns }: { columns: number }) {
  return (
    <div className={styles.loading}>
      <h1 className={styles.title}>Board</h1>
      <p role="status" className={styles.status}>
        Loading the objectives
      </p>
      <div aria-hidden="true">
        {ROWS.map((row) => (
          <div key={row} className={styles.row}>
            <span className={styles.bone} data-wide />
            {Array.from({ length: columns }, (_, column) => `${row}${column}`).map((key) => (
              <span key={key} className={styles.bone} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
