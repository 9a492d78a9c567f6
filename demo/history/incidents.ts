const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Past incidents come again after this long, so that a demo left alone for weeks still has stories to tell. */
const REPEAT_MS = 28 * DAY;

/** How the bank fares at a moment of its history. */
export interface Weather {
  /** Share of payments that the payments service answers 500. */
  readonly paymentsFailing: number;
  /** Share of payments that find no payments service: the gateway answers 503. */
  readonly paymentsGone: number;
  readonly loginsSlow: boolean;
  /** Share of reads of accounts that fail, beside the base rate. */
  readonly accountsFailing: number;
  readonly accountsVersion: string;
  readonly bogusPerMinute: number;
}

interface Incident {
  readonly daysAgo: number;
  /** Hour of the bank's clock at which it began. */
  readonly atHour: number;
  readonly minutes: number;
  readonly change: Partial<Weather>;
}

/** What went wrong, each visible in another window. */
export const incidents: readonly Incident[] = [
  // A storm of scanners: no objective may move, because bogus requests do not count.
  { daysAgo: 3, atHour: 2, minutes: 60, change: { bogusPerMinute: 60 } },
  // A pool of hash workers too small: slow logins for two hours of the morning.
  { daysAgo: 5, atHour: 9, minutes: 120, change: { loginsSlow: true } },
  // The card scheme is down in the evening.
  { daysAgo: 12, atHour: 18, minutes: 40, change: { paymentsFailing: 0.55, paymentsGone: 0.4 } },
  // A release that forgets a null check, live for half a day before it is repaired.
  { daysAgo: 20, atHour: 8, minutes: 720, change: { accountsFailing: 0.01, accountsVersion: '2.8.0' } },
];

const releases = { before: '2.7.4', after: '2.8.1' } as const;

const calm = { paymentsFailing: 0, paymentsGone: 0, loginsSlow: false, accountsFailing: 0, bogusPerMinute: 0.5 };

/** Start of an incident: so many days before the day of the anchor, at an hour of the bank's clock. */
export function incidentStart(incident: Incident, anchor: number, zoneOffsetMs: number): number {
  const midnight = Math.floor((anchor + zoneOffsetMs) / DAY) * DAY - zoneOffsetMs;
  return midnight - incident.daysAgo * DAY + incident.atHour * HOUR;
}

/** How the bank fares at a moment, given when the demo was started for the first time. */
export function weatherAt(at: number, anchor: number, zoneOffsetMs: number): Weather {
  let weather: Weather = { ...calm, accountsVersion: releases.after };
  for (const incident of incidents) {
    const start = incidentStart(incident, anchor, zoneOffsetMs);
    const since = (((at - start) % REPEAT_MS) + REPEAT_MS) % REPEAT_MS;
    if (since < incident.minutes * MINUTE) weather = { ...weather, ...incident.change };
    const isRelease = incident.change.accountsVersion !== undefined;
    if (isRelease && at < start) weather = { ...weather, accountsVersion: releases.before };
  }
  return weather;
}
