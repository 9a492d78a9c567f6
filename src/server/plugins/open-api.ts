import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { guarded } from '../route-access.ts';

type Transformed = ReturnType<typeof jsonSchemaTransformObject>;

/** Every named schema is described twice, as input and as output; only what something refers to is worth reading. */
function withoutUnused(document: Transformed): Transformed {
  const schemas = 'components' in document ? document.components?.schemas : undefined;
  if (schemas === undefined) return document;
  for (;;) {
    const text = JSON.stringify(document);
    const unused = Object.keys(schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`));
    if (unused.length === 0) return document;
    for (const name of unused) delete schemas[name];
  }
}

/** Describes the API from its own schemas, at `/api/v1/openapi.json`. */
export async function addOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Verdant',
        version,
        description: 'Objectives from real requests, seen in several timeframes.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'verdant_session' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transform: ({ route, schema, url, ...rest }) => {
      const access = route.config?.access;
      const told = jsonSchemaTransform({ route, schema, url, ...rest });
      if (access === undefined || told.schema === undefined) return told;
      const description = 'open' in access ? `Open to anyone: ${access.open}.` : `Scope: ${access.scope}.`;
      return { ...told, schema: { ...told.schema, description, ...('open' in access ? { security: [] } : {}) } };
    },
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  });
  app.get(
    '/api/v1/openapi.json',
    { config: guarded('operations', { open: 'describes the API, holds no data' }), schema: { hide: true } },
    async () => app.swagger(),
  );
}
