const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Traffic of each full hour of a working day, as a share of midday: commuters, lunch, the sofa, sleep. */
const hours: readonly number[] = [
  0.3, 0.24, 0.2, 0.2, 0.22, 0.3, 0.48, 0.72, 0.86, 0.84, 0.84, 0.92, 1, 0.96, 0.86, 0.82, 0.84, 0.9, 0.94, 0.92, 0.84,
  0.7, 0.54, 0.4,
];

/** Sunday first, as in `Date`: fewer people bank at weekends, and many on Fridays. */
const weekdays: readonly number[] = [0.62, 1, 0.98, 0.97, 0.98, 1.05, 0.7];

/** Traffic at a moment as a share of a working day's midday.
 * @param at milliseconds since the Unix epoch
 * @param zoneOffsetMs how far the bank's clocks are ahead of UTC, in milliseconds
 */
export function dayShape(at: number, zoneOffsetMs: number): number {
  const local = at + zoneOffsetMs;
  const intoDay = ((local % DAY) + DAY) % DAY;
  const hour = Math.floor(intoDay / HOUR);
  const share = intoDay / HOUR - hour;
  const here = hours[hour] ?? 0;
  const next = hours[(hour + 1) % 24] ?? 0;
  // 1 January 1970 was a Thursday, day 4 of a week that starts on Sunday.
  const weekday = (((Math.floor(local / DAY) + 4) % 7) + 7) % 7;
  return (here + (next - here) * share) * (weekdays[weekday] ?? 1);
}

/** How far the clocks of this machine are ahead of UTC at a moment, in milliseconds. */
export function localZoneOffsetMs(at: number): number {
  return -new Date(at).getTimezoneOffset() * 60_000;
}
