import { z } from 'zod';
import { audiences, indicatorSchema, objectiveSchema } from '../definitions/objective.ts';
import { countSchema, windowStates, windowStatusSchema } from './status.ts';

export const backfillSchema = z
  .object({
    state: z.enum(['waiting', 'running', 'done']),
    progress: z.number().min(0).max(1).meta({ description: 'Share of the stored telemetry that was read, 0 to 1.' }),
  })
  .meta({
    id: 'Backfill',
    description: 'How far the history of a new indicator has been computed from stored telemetry.',
  });

export const objectiveSummarySchema = z
  .object({
    name: z.string(),
    title: z.string(),
    description: z.string(),
    owner: z.string(),
    audience: z.enum(audiences),
    tags: z.record(z.string(), z.string()),
    indicator: indicatorSchema,
    indicatorText: z.string().meta({ description: 'The indicator in a sentence.' }),
    service: z.string(),
    target: z.number(),
    targetText: z.string(),
    warning: z.number().nullable(),
    warningText: z.string().nullable(),
    windows: z.array(z.string()),
    primaryWindow: z.string(),
    indicatorVersion: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    backfill: backfillSchema,
  })
  .meta({ id: 'ObjectiveSummary' });
export type ObjectiveSummary = z.output<typeof objectiveSummarySchema>;

export const objectiveListSchema = z.object({ objectives: z.array(objectiveSummarySchema) });

export const objectiveDetailSchema = objectiveSummarySchema
  .extend({
    definition: objectiveSchema,
    definitionYaml: z.string().meta({ description: 'The definition as YAML, ready to be kept in git.' }),
  })
  .meta({ id: 'ObjectiveDetail' });
export type ObjectiveDetail = z.output<typeof objectiveDetailSchema>;

export const objectiveStatusSchema = z
  .object({
    name: z.string(),
    at: z.iso.datetime().meta({ description: 'The moment that was asked for.' }),
    watermark: z.iso.datetime(),
    state: z.enum(windowStates).meta({ description: 'State over the primary window.' }),
    primaryWindow: z.string(),
    windows: z.array(windowStatusSchema),
  })
  .meta({ id: 'ObjectiveStatus' });
export type ObjectiveStatus = z.output<typeof objectiveStatusSchema>;

/** A cell of the board: what a page of thousands of them needs, and no more. Burn rates are asked per objective. */
export const boardCellSchema = windowStatusSchema.omit({ burnRates: true, watermark: true }).meta({ id: 'BoardCell' });
export type BoardCell = z.output<typeof boardCellSchema>;

export const boardRowSchema = objectiveSummarySchema
  .omit({ indicator: true, description: true, createdAt: true, updatedAt: true })
  .extend({ state: z.enum(windowStates), cells: z.array(boardCellSchema) })
  .meta({ id: 'BoardRow', description: 'One objective seen over several windows; cells are in the order of windows.' });
export type BoardRow = z.output<typeof boardRowSchema>;

export const boardSchema = z
  .object({ watermark: z.iso.datetime(), windows: z.array(z.string()), rows: z.array(boardRowSchema) })
  .meta({ id: 'Board' });
export type Board = z.output<typeof boardSchema>;

export const seriesPointSchema = z
  .object({
    time: z.iso.datetime().meta({ description: 'Start of the step.' }),
    good: countSchema,
    valid: countSchema,
    sli: z.number().nullable(),
    budgetRemaining: z
      .number()
      .nullable()
      .meta({ description: 'Share of the budget of the whole window left at the end of the step; signed.' }),
    burnRate: z.number().nullable(),
  })
  .meta({ id: 'SeriesPoint' });

export const seriesSchema = z
  .object({
    name: z.string(),
    window: z.string(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    stepSeconds: z.int(),
    target: z.number(),
    points: z.array(seriesPointSchema),
  })
  .meta({ id: 'Series' });
export type Series = z.output<typeof seriesSchema>;

export const endpointShareSchema = z
  .object({
    endpoint: z.string(),
    valid: countSchema,
    bad: countSchema,
    share: z.number().meta({ description: 'Part of all bad events of the window that this endpoint made, 0 to 1.' }),
    sli: z.number().nullable(),
  })
  .meta({ id: 'EndpointShare' });

export const attributionSchema = z
  .object({
    name: z.string(),
    window: z.string(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    endpoints: z.array(endpointShareSchema),
  })
  .meta({ id: 'Attribution', description: 'Endpoints that spent the budget, most spent first.' });
export type Attribution = z.output<typeof attributionSchema>;

/** `?windows=1h,24h,7d,30d&at=...&spark=24` */
export const statusQuerySchema = z.object({
  windows: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Windows, comma-separated. Default: those of the objective.' }),
  at: z.iso.datetime({ offset: true }).optional().meta({ description: 'A past moment. Default: now.' }),
  spark: z.coerce
    .number()
    .int()
    .min(0)
    .max(120)
    .default(0)
    .meta({ description: 'Points of the small line in each cell.' }),
});

export const windowQuerySchema = z.object({
  window: z
    .string()
    .max(20)
    .optional()
    .meta({ description: 'A rolling window such as 24h. Default: the primary window.' }),
  at: z.iso.datetime({ offset: true }).optional(),
  points: z.coerce.number().int().min(2).max(1000).default(120),
});
