import { useEffect, useId, useState } from 'react';
import { useLive } from '../api/live-context.ts';
import { type LiveState, liveStateOf } from '../api/live-state.ts';
import { formatClock } from '../format/time.ts';
import { terms } from '../kit/terms.ts';
import styles from './live-indicator.module.css';

const TICK_MS = 5_000;

const words: Readonly<Record<LiveState, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  stale: 'Stale',
  offline: 'Offline',
};

const meanings: Readonly<Record<LiveState, string>> = {
  connecting: 'The page is waiting for its first news from the server.',
  live: 'Numbers follow by themselves, seconds after the requests.',
  stale: 'The server is connected but has not counted anything new for a while: what you see may be old.',
  offline: 'The server cannot be reached. What you see stands still; the page reconnects by itself.',
};

/** Says how fresh the numbers are, and up to when they are complete. */
export function LiveIndicator() {
  const live = useLive();
  const id = useId();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), TICK_MS);
    return () => window.clearInterval(timer);
  }, []);
  const state = liveStateOf(live, Math.max(now, live.heardAt));
  return (
    <div className={styles.place}>
      <button type="button" className={styles.indicator} data-state={state} aria-describedby={id}>
        <span aria-hidden="true" className={styles.dot} />
        <span role="status">{words[state]}</span>
        {live.watermark !== undefined && (
          <span className={styles.watermark}>
            <span className={styles.long}>complete up to </span>
            <time dateTime={live.watermark}>{formatClock(live.watermark)}</time>
          </span>
        )}
      </button>
      <p id={id} role="tooltip" className={styles.meaning}>
        {meanings[state]} {terms.watermark}
      </p>
    </div>
  );
}
