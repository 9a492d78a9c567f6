import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import type { LiveFeed, LiveSnapshot } from './live.ts';

export const LiveContext = createContext<LiveFeed | undefined>(undefined);

const nothing: LiveSnapshot = { open: false, opened: false, heardAt: 0, watermark: undefined };
const never = () => () => undefined;

/** The state of the live stream, as it changes. */
export function useLive(): LiveSnapshot {
  const feed = useContext(LiveContext);
  return useSyncExternalStore(feed?.subscribe ?? never, feed?.snapshot ?? (() => nothing));
}

/** Shows the watermark of an answer until a newer one comes. */
export function useObservedWatermark(watermark: string | undefined): void {
  const feed = useContext(LiveContext);
  useEffect(() => {
    if (watermark !== undefined) feed?.observe(watermark);
  }, [feed, watermark]);
}
