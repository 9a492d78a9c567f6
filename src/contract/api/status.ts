import { z } from 'zod';

/** An integer count; a string above 2^53, where a JSON number would lose digits. */
export const countSchema = z
  .union([z.int().nonnegative(), z.string().regex(/^\d+$/)])
  .meta({ description: 'Count of events.' });

export const windowStates = ['healthy', 'warning', 'violated', 'no-data'] as const;
export type WindowState = (typeof windowStates)[number];

export const budgetSchema = z
  .object({
    target: z.number().meta({ description: 'Share of good events to reach, 0 to 1.' }),
    targetText: z.string().meta({ description: 'The target without loss, such as 99.9%.' }),
    allowed: z.number().meta({ description: 'Bad events that the target allows for the valid events of the window.' }),
    spent: countSchema.meta({ description: 'Bad events of the window.' }),
    remaining: z.number().nullable().meta({
      description:
        'Share of the budget left; negative when overspent; null when nothing is allowed or nothing happened.',
    }),
    remainingText: z
      .string()
      .meta({ description: 'The same for people, rounded down; "1 bad, 0 allowed" for a target of 100%.' }),
    minutes: z
      .number()
      .nullable()
      .meta({ description: 'Minutes of full outage that are left at even traffic; signed.' }),
  })
  .meta({ id: 'Budget' });

export const burnRateSchema = z
  .object({
    lookback: z.string().meta({ description: 'Length of the look-back, such as 1h.' }),
    rate: z.number().nullable().meta({
      description: 'Error rate over the look-back / (1 - target); null without traffic and for a target of 100%.',
    }),
    ceiling: z
      .number()
      .nullable()
      .meta({ description: 'Highest possible rate, 1 / (1 - target); null for a target of 100%.' }),
  })
  .meta({ id: 'BurnRate' });

export const windowStatusSchema = z
  .object({
    window: z.string().meta({ description: 'The window as it was asked for, such as 24h.' }),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    state: z.enum(windowStates),
    sli: z
      .number()
      .nullable()
      .meta({ description: 'Good / valid, 0 to 1; null without data. The counts beside it are exact.' }),
    sliText: z.string().meta({ description: 'The SLI in per cent, rounded down, so that a miss never prints as met.' }),
    good: countSchema,
    valid: countSchema,
    coverage: z
      .number()
      .meta({ description: 'Observed / expected minutes of the window since the objective has data.' }),
    watermark: z.iso.datetime().meta({ description: 'Telemetry acknowledged before this instant is in the numbers.' }),
    budget: budgetSchema,
    burnRates: z.array(burnRateSchema),
    spark: z
      .array(z.number().nullable())
      .optional()
      .meta({ description: 'SLI in equal steps over the window, oldest first.' }),
  })
  .meta({ id: 'WindowStatus' });

export type WindowStatus = z.output<typeof windowStatusSchema>;
export type Budget = z.output<typeof budgetSchema>;
export type BurnRate = z.output<typeof burnRateSchema>;
