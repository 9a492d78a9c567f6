import type { RollingWindow } from './objective.ts';

/**
 * Look-backs over which burn rates are shown: long and short windows of the Site Reliability Workbook, table 5-8
 * (sre.google/workbook/alerting-on-slos), and the day that alerting tools add between 6 h and 3 d.
 */
export const burnRateLookbacks: readonly RollingWindow[] = [
  { text: '5m', ms: 300_000 },
  { text: '30m', ms: 1_800_000 },
  { text: '1h', ms: 3_600_000 },
  { text: '6h', ms: 21_600_000 },
  { text: '1d', ms: 86_400_000 },
  { text: '3d', ms: 259_200_000 },
];
