import { z } from 'zod';

/** What the program that starts the demo must say. */
export const demoEnvironmentSchema = z.object({
  VERDANT_URL: z.url().transform((url) => url.replace(/\/$/, '')),
  VERDANT_INGEST_TOKEN: z.string().min(1),
  VERDANT_TOKEN: z.string().min(1),
  /** Folder for logs and for how far the history is written. It belongs with Verdant's data: wiped together. */
  VERDANT_DEMO_STATE: z.string().min(1),
  VERDANT_DEMO_SECRET: z.string().min(16),
  /** Journeys a second at midday. */
  VERDANT_DEMO_JOURNEYS_PER_SECOND: z.string().default('1'),
  /** Days of history written at the first start. */
  VERDANT_DEMO_HISTORY_DAYS: z.coerce.number().min(0).max(34).default(30),
});
export type DemoEnvironment = z.output<typeof demoEnvironmentSchema>;

/** What every process needs of the machine; nothing else of the environment is handed on. */
export function machineEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const key of ['PATH', 'TZ', 'LANG', 'SYSTEMROOT', 'TMPDIR']) {
    const value = process.env[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}
