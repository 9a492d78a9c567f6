import { applyDefinitions } from '../../app/objective/apply-definitions.ts';
import { planDefinitions } from '../../app/objective/plan-definitions.ts';
import { validateDefinitions } from '../../app/objective/validate-definitions.ts';
import { definitionFilesSchema, planSchema, validationSchema } from '../../contract/api/definitions.ts';
import { actingAs } from '../acting.ts';
import { guarded } from '../route-access.ts';
import type { ServerDeps } from '../server-deps.ts';
import type { ZodApp } from '../zod-app.ts';

const OWNER = 'definitions';
const TAGS = ['Definitions'];
/** Ten thousand objectives of a platform team in one request: 10 MB of YAML, which is all that is read at once. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** Objectives as code: YAML files validated, planned and applied. */
export function registerDefinitions(app: ZodApp, { ctx }: ServerDeps): void {
  app.post(
    '/api/v1/definitions/validate',
    {
      bodyLimit: BODY_LIMIT,
      config: guarded(OWNER, { scope: 'objectives:read' }),
      schema: { summary: 'Check files', tags: TAGS, body: definitionFilesSchema, response: { 200: validationSchema } },
    },
    async (request) => validateDefinitions(actingAs(ctx, request), request.body),
  );
  app.post(
    '/api/v1/definitions/plan',
    {
      bodyLimit: BODY_LIMIT,
      config: guarded(OWNER, { scope: 'objectives:read' }),
      schema: {
        summary: 'Say what applying files would change',
        tags: TAGS,
        body: definitionFilesSchema,
        response: { 200: planSchema },
      },
    },
    async (request) => ({ applied: false, changes: await planDefinitions(actingAs(ctx, request), request.body) }),
  );
  app.post(
    '/api/v1/definitions/apply',
    {
      bodyLimit: BODY_LIMIT,
      config: guarded(OWNER, { scope: 'objectives:write' }),
      schema: {
        summary: 'Apply files in one transaction',
        tags: TAGS,
        body: definitionFilesSchema,
        response: { 200: planSchema },
      },
    },
    async (request) => ({ applied: true, changes: await applyDefinitions(actingAs(ctx, request), request.body) }),
  );
}
