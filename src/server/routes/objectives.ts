import { z } from 'zod';
import { applyObjectives } from '../../app/objective/apply-definitions.ts';
import { deleteObjective } from '../../app/objective/delete-objective.ts';
import { readAttribution } from '../../app/objective/read-attribution.ts';
import { readBoard } from '../../app/objective/read-board.ts';
import { getObjective, listObjectives } from '../../app/objective/read-objectives.ts';
import { readSeries } from '../../app/objective/read-series.ts';
import { readStatus } from '../../app/objective/read-status.ts';
import { planSchema } from '../../contract/api/definitions.ts';
import {
  attributionSchema,
  boardSchema,
  objectiveDetailSchema,
  objectiveListSchema,
  objectiveStatusSchema,
  seriesSchema,
  statusQuerySchema,
  windowQuerySchema,
} from '../../contract/api/objectives.ts';
import { nameSchema, objectiveSchema } from '../../contract/definitions/objective.ts';
import { VerdantError } from '../../contract/errors.ts';
import { actingAs } from '../acting.ts';
import { guarded } from '../route-access.ts';
import type { ServerDeps } from '../server-deps.ts';
import type { ZodApp } from '../zod-app.ts';

const READ = guarded('objectives', { scope: 'objectives:read' });
const WRITE = guarded('objectives', { scope: 'objectives:write' });
const TAGS = ['Objectives'];
const params = z.object({ name: nameSchema });

/** Reading objectives: lists, the board, status at any time, series and who spent the budget. */
export function registerObjectiveReads(app: ZodApp, { ctx }: ServerDeps): void {
  app.get(
    '/api/v1/board',
    {
      config: READ,
      schema: {
        summary: 'All objectives over several windows',
        tags: TAGS,
        querystring: statusQuerySchema,
        response: { 200: boardSchema },
      },
    },
    async (request) => readBoard(actingAs(ctx, request), request.query),
  );
  app.get(
    '/api/v1/objectives',
    { config: READ, schema: { summary: 'All objectives', tags: TAGS, response: { 200: objectiveListSchema } } },
    async (request) => ({ objectives: await listObjectives(actingAs(ctx, request)) }),
  );
  app.get(
    '/api/v1/objectives/:name',
    {
      config: READ,
      schema: { summary: 'One objective', tags: TAGS, params, response: { 200: objectiveDetailSchema } },
    },
    async (request) => getObjective(actingAs(ctx, request), request.params.name),
  );
  app.get(
    '/api/v1/objectives/:name/status',
    {
      config: READ,
      schema: {
        summary: 'Status over any windows, now or at a past time',
        tags: TAGS,
        params,
        querystring: statusQuerySchema,
        response: { 200: objectiveStatusSchema },
      },
    },
    async (request) => readStatus(actingAs(ctx, request), request.params.name, request.query),
  );
  app.get(
    '/api/v1/objectives/:name/series',
    {
      config: READ,
      schema: {
        summary: 'SLI, budget and burn rate in steps',
        tags: TAGS,
        params,
        querystring: windowQuerySchema,
        response: { 200: seriesSchema },
      },
    },
    async (request) => readSeries(actingAs(ctx, request), request.params.name, request.query),
  );
  app.get(
    '/api/v1/objectives/:name/endpoints',
    {
      config: READ,
      schema: {
        summary: 'Endpoints that spent the budget',
        tags: TAGS,
        params,
        querystring: windowQuerySchema,
        response: { 200: attributionSchema },
      },
    },
    async (request) => readAttribution(actingAs(ctx, request), request.params.name, request.query),
  );
}

/** Changing one objective; many at once go through /api/v1/definitions. */
export function registerObjectiveWrites(app: ZodApp, { ctx }: ServerDeps): void {
  app.put(
    '/api/v1/objectives/:name',
    {
      config: WRITE,
      schema: {
        summary: 'Create or change an objective',
        tags: TAGS,
        params,
        body: objectiveSchema,
        response: { 200: planSchema },
      },
    },
    async (request) => {
      if (request.body.metadata.name !== request.params.name) {
        throw new VerdantError('invalid-request', {
          details: [{ path: 'body.metadata.name', message: `must be "${request.params.name}", as in the path` }],
        });
      }
      return { applied: true, changes: await applyObjectives(actingAs(ctx, request), [request.body], false) };
    },
  );
  app.delete(
    '/api/v1/objectives/:name',
    { config: WRITE, schema: { summary: 'Delete an objective', tags: TAGS, params, response: { 204: z.null() } } },
    async (request, reply) => {
      await deleteObjective(actingAs(ctx, request), request.params.name);
      return reply.code(204).send(null);
    },
  );
}
