/** Keeps a number and its unit on one line. */
const NBSP = '\u00a0';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const hourMinute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayClock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** The time of day, in the zone of the reader: `12:03:05`. */
export function formatClock(iso: string): string {
  return clock.format(new Date(iso));
}

/** A moment as short as a span of this length allows: the time alone within less than a day, with the date beyond. */
export function formatMoment(iso: string, spanMs: number): string {
  return (spanMs < DAY ? hourMinute : dayClock).format(new Date(iso));
}

/**
 * A mark on a time axis: a date where a day begins or marks are days apart, the time elsewhere.
 * @param seconds since the epoch
 * @param step seconds from mark to mark
 */
export function formatTick(seconds: number, step: number): string {
  const moment = new Date(seconds * 1000);
  const midnight = moment.getHours() === 0 && moment.getMinutes() === 0;
  return (midnight || step * 1000 >= DAY ? day : hourMinute).format(moment);
}

/** A length of time in its two largest units: `26 min`, `3 h 12 min`, `2 d 4 h`. The sign is dropped. */
export function formatLength(ms: number): string {
  const length = Math.abs(ms);
  if (length < MINUTE) return `${Math.round(length / 1000)}${NBSP}s`;
  const parts: string[] = [];
  let rest = Math.round(length / MINUTE) * MINUTE;
  for (const [unit, size] of [
    ['d', DAY],
    ['h', HOUR],
    ['min', MINUTE],
  ] as const) {
    const whole = Math.floor(rest / size);
    if (whole > 0 && parts.length < 2) parts.push(`${grouped.format(whole)}${NBSP}${unit}`);
    rest -= whole * size;
  }
  return parts.join(' ');
}

const grouped = new Intl.NumberFormat('en-GB');

/** How long ago something was: `just now`, `5 min ago`. */
export function formatAgo(iso: string, now: number): string {
  const ago = now - Date.parse(iso);
  if (ago < MINUTE) return 'just now';
  const unit = ago >= DAY ? DAY : ago >= HOUR ? HOUR : MINUTE;
  return `${formatLength(Math.floor(ago / unit) * unit)} ago`;
}
