import { Notice } from '../kit/notice.tsx';
import styles from './board-empty.module.css';

const example = `# login.yaml
apiVersion: verdant/v1
kind: Objective
metadata:
  name: login-works
  displayName: Login works
spec:
  owner: identity
  audience: business
  target: 99.9%
  indicator:
    kind: request-availability
    service: auth
    endpoint: POST /login`;

/** The board before the first objective: how to make one. */
export function BoardEmpty() {
  return (
    <div className={styles.empty}>
      <h1>No objectives yet</h1>
      <Notice title="Apply the first one">
        <p>
          An objective is a promise about real requests. Write it into a file; <code>service</code> is the name under
          which the service sends its traces.
        </p>
        <pre>{example}</pre>
        <p>Then let Verdant know. It counts what was sent before, too.</p>
        <pre>npx verdant apply login.yaml</pre>
      </Notice>
    </div>
  );
}

/** The board when the filters leave nothing. */
export function BoardNoMatch({ onClear }: { onClear: () => void }) {
  return (
    <div className={styles.none}>
      <p>No objective matches all of these filters.</p>
      <button type="button" onClick={onClear}>
        Clear filters
      </button>
    </div>
  );
}
