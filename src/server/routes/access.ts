import { z } from 'zod';
import { createSignInCode } from '../../app/access/create-sign-in-code.ts';
import { createToken } from '../../app/access/create-token.ts';
import { endSession } from '../../app/access/end-session.ts';
import { exchangeSignInCode } from '../../app/access/exchange-sign-in-code.ts';
import { listTokens } from '../../app/access/list-tokens.ts';
import { revokeToken } from '../../app/access/revoke-token.ts';
import {
  createdTokenSchema,
  newTokenSchema,
  type Principal,
  principalSchema,
  signInLinkSchema,
  signInSchema,
  tokenSchema,
} from '../../contract/api/access.ts';
import { actingAs, actorOf } from '../acting.ts';
import { refuseCrossSite, SESSION_COOKIE } from '../plugins/access-control.ts';
import { guarded } from '../route-access.ts';
import type { ServerDeps } from '../server-deps.ts';
import type { ZodApp } from '../zod-app.ts';

const TAGS = ['Access'];
const OWNER = 'access';

/** Signing in and out, and who one is. */
export function registerSessions(app: ZodApp, { ctx, version, demo, publicUrl }: ServerDeps): void {
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl().startsWith('https:') } as const;
  app.get(
    '/api/v1/me',
    {
      config: guarded(OWNER, { scope: 'signed-in' }),
      schema: { summary: 'Who is asking', tags: TAGS, response: { 200: principalSchema } },
    },
    async (request): Promise<Principal> => {
      const { kind, name, scopes } = actorOf(request);
      return {
        kind: kind === 'session' ? 'session' : 'token',
        name,
        scopes: [...scopes],
        demo: demo() !== undefined,
        version,
      };
    },
  );
  app.post(
    '/api/v1/session',
    {
      config: {
        ...guarded(OWNER, { open: 'the one-time code is the proof' }),
        rateLimit: { max: 20, timeWindow: '1 minute' },
      },
      schema: { summary: 'Sign in with a one-time code', tags: TAGS, body: signInSchema, response: { 204: z.null() } },
    },
    async (request, reply) => {
      refuseCrossSite(request);
      const session = await exchangeSignInCode(ctx, request.body);
      reply.setCookie(SESSION_COOKIE, session.secret, { ...cookie, expires: new Date(session.expiresAt) });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/v1/session',
    {
      config: guarded(OWNER, { scope: 'signed-in' }),
      schema: { summary: 'Sign out', tags: TAGS, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const secret = request.cookies[SESSION_COOKIE];
      if (secret !== undefined) await endSession(actingAs(ctx, request), { secret });
      reply.clearCookie(SESSION_COOKIE, cookie);
      return reply.code(204).send(null);
    },
  );
}

/** Tokens and sign-in links. */
export function registerTokens(app: ZodApp, { ctx, publicUrl }: ServerDeps): void {
  app.post(
    '/api/v1/sign-in-links',
    {
      config: guarded(OWNER, { scope: 'tokens:write' }),
      schema: { summary: 'Make a link that signs in once', tags: TAGS, response: { 201: signInLinkSchema } },
    },
    async (request, reply) => {
      const { code, expiresAt } = await createSignInCode(actingAs(ctx, request));
      reply.code(201);
      return { url: `${publicUrl()}/sign-in#code=${code}`, expiresAt: new Date(expiresAt).toISOString() };
    },
  );
  app.get(
    '/api/v1/tokens',
    {
      config: guarded(OWNER, { scope: 'tokens:write' }),
      schema: { summary: 'Tokens', tags: TAGS, response: { 200: z.object({ tokens: z.array(tokenSchema) }) } },
    },
    async (request) => ({ tokens: [...(await listTokens(actingAs(ctx, request)))] }),
  );
  app.post(
    '/api/v1/tokens',
    {
      config: guarded(OWNER, { scope: 'tokens:write' }),
      schema: { summary: 'Create a token', tags: TAGS, body: newTokenSchema, response: { 201: createdTokenSchema } },
    },
    async (request, reply) => {
      reply.code(201);
      return createToken(actingAs(ctx, request), request.body);
    },
  );
  app.delete(
    '/api/v1/tokens/:id',
    {
      config: guarded(OWNER, { scope: 'tokens:write' }),
      schema: {
        summary: 'Revoke a token',
        tags: TAGS,
        params: z.object({ id: z.string().min(1).max(100) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await revokeToken(actingAs(ctx, request), request.params);
      return reply.code(204).send(null);
    },
  );
}
