import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { accessContext } from '../../../test/factories/access-context.ts';
import { describeOnBothCatalogs } from '../../../test/factories/catalogs.ts';
import { allScopes } from '../../contract/scopes.ts';
import { ManualClock } from '../../lib/clock.ts';
import { latestAuditEntries } from '../../store/catalog/tables/audit-entry.ts';
import type { AccessContext } from '../context.ts';
import type { Actor } from './actor.ts';
import { authenticate } from './authenticate.ts';
import { createSignInCode } from './create-sign-in-code.ts';
import { createToken } from './create-token.ts';
import { endSession } from './end-session.ts';
import { ensureAdminToken } from './ensure-admin-token.ts';
import { ensureIngestToken } from './ensure-ingest-token.ts';
import { exchangeSignInCode } from './exchange-sign-in-code.ts';
import { listTokens } from './list-tokens.ts';
import { PrincipalCache } from './principal-cache.ts';
import { requireScope } from './require-scope.ts';
import { revokeToken } from './revoke-token.ts';

const START = 1_700_000_000_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const reader: Actor = { kind: 'token', name: 'reader', scopes: ['objectives:read'] };

/** The same catalog as another process sees it: nothing remembered. */
const elsewhere = (ctx: AccessContext): AccessContext => ({ ...ctx, principals: new PrincipalCache() });

test('an actor passes with the scope, and is told which one it lacks without', () => {
  requireScope(reader, 'objectives:read');
  expect(() => requireScope(reader, 'objectives:write')).toThrow(
    expect.objectContaining({
      code: 'forbidden',
      details: [{ message: 'This needs the scope objectives:write.', expected: 'objectives:write' }],
    }),
  );
});

describeOnBothCatalogs('access', (catalogs) => {
  const start = async () => {
    const clock = new ManualClock(START);
    const catalog = await catalogs.open({ clock });
    return { clock, ctx: accessContext(catalog, clock) };
  };
  const audited = async (ctx: AccessContext) =>
    (await latestAuditEntries(ctx.catalog.db, 100)).map(({ actor, verb, subject }) => `${actor} ${verb} ${subject}`);

  describe('tokens', () => {
    test('a new token opens what its scopes say, and its secret is stored nowhere', async () => {
      const { ctx } = await start();
      const token = await createToken(ctx, { name: 'ci', scopes: ['objectives:write', 'objectives:read'] });
      expect(token.secret).toMatch(/^vdt_[A-Za-z0-9_-]{43}$/);
      expect(token).toMatchObject({
        name: 'ci',
        scopes: ['objectives:read', 'objectives:write'],
        createdAt: '2023-11-14T22:13:20.000Z',
        lastUsedAt: null,
      });
      expect(await authenticate(ctx, { bearer: token.secret })).toEqual({
        kind: 'token',
        name: 'ci',
        scopes: ['objectives:read', 'objectives:write'],
      });
      const rows = await ctx.catalog.db.selectFrom('token').selectAll().execute();
      const entries = await latestAuditEntries(ctx.catalog.db, 10);
      expect(JSON.stringify([rows, entries])).not.toContain(token.secret.slice(4));
      expect(await audited(ctx)).toEqual(['system/verdant createToken token/ci']);
    });

    test('the secret of a token that only sends telemetry says so', async () => {
      const { ctx } = await start();
      const token = await createToken(ctx, { name: 'app', scopes: ['ingest:write', 'ingest:write'] });
      expect(token.secret).toMatch(/^vdi_/);
      expect(token.scopes).toEqual(['ingest:write']);
      expect((await authenticate(ctx, { bearer: token.secret })).scopes).toEqual(['ingest:write']);
    });

    test('what is no valid secret is refused, whatever it looks like', async () => {
      const { ctx } = await start();
      const token = await createToken(ctx, { name: 'ci', scopes: ['objectives:read'] });
      const wrong = [
        { bearer: '' },
        { bearer: 'x'.repeat(10_000) },
        { bearer: `vdt_${'A'.repeat(43)}` },
        { bearer: `${token.secret} ` },
        { bearer: token.secret.toUpperCase() },
        { bearer: token.secret.replace('vdt_', 'vdi_') },
        { session: token.secret },
        { session: `vds_${'A'.repeat(43)}` },
      ];
      for (const credential of wrong) {
        await expect(authenticate(ctx, credential)).rejects.toMatchObject({ code: 'unauthenticated' });
      }
    });

    test('a revoked token is refused at once here and within five seconds elsewhere', async () => {
      const { ctx, clock } = await start();
      const { secret, id } = await createToken(ctx, { name: 'ci', scopes: ['objectives:read'] });
      const other = elsewhere(ctx);
      await authenticate(ctx, { bearer: secret });
      await authenticate(other, { bearer: secret });
      await revokeToken(ctx, { id });
      await expect(authenticate(ctx, { bearer: secret })).rejects.toMatchObject({ code: 'unauthenticated' });
      clock.advance(4999);
      expect((await authenticate(other, { bearer: secret })).name).toBe('ci');
      clock.advance(1);
      await expect(authenticate(other, { bearer: secret })).rejects.toMatchObject({ code: 'unauthenticated' });
      expect(await listTokens(ctx)).toEqual([]);
      await expect(revokeToken(ctx, { id })).rejects.toMatchObject({ code: 'not-found' });
      await expect(revokeToken(ctx, { id: 'nothing' })).rejects.toMatchObject({ code: 'not-found' });
      expect(await audited(ctx)).toEqual([
        'system/verdant revokeToken token/ci',
        'system/verdant createToken token/ci',
      ]);
    });

    test('a token that is revoked while the catalog is asked is not remembered as valid', async () => {
      const { ctx } = await start();
      const { secret, id } = await createToken(ctx, { name: 'ci', scopes: ['objectives:read'] });
      for (let attempt = 0; attempt < 3; attempt++) {
        await Promise.allSettled([authenticate(ctx, { bearer: secret }), revokeToken(ctx, { id })]);
      }
      await expect(authenticate(ctx, { bearer: secret })).rejects.toMatchObject({ code: 'unauthenticated' });
    });

    test('requests in a row ask the catalog once', async () => {
      const { ctx, clock } = await start();
      const { secret } = await createToken(ctx, { name: 'app', scopes: ['ingest:write'] });
      await authenticate(ctx, { bearer: secret });
      // Nothing but memory can answer when the table is empty.
      await ctx.catalog.db.deleteFrom('token').execute();
      clock.advance(4000);
      for (let i = 0; i < 100; i++) await authenticate(ctx, { bearer: secret });
      clock.advance(1000);
      await expect(authenticate(ctx, { bearer: secret })).rejects.toMatchObject({ code: 'unauthenticated' });
    });

    test('a flood of made-up secrets asks the catalog a few times, and true ones get through', async () => {
      const { ctx } = await start();
      const { secret } = await createToken(ctx, { name: 'app', scopes: ['ingest:write'] });
      let questions = 0;
      const db = ctx.catalog.db.withPlugin({
        transformQuery: ({ node }) => {
          questions++;
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      const watched = { ...elsewhere(ctx), catalog: { ...ctx.catalog, db } };
      const flood = Array.from({ length: 500 }, (_, index) =>
        authenticate(watched, { bearer: `vdt_${String(index).padStart(43, 'x')}` }),
      );
      const valid = authenticate(watched, { bearer: secret });
      const refused = await Promise.allSettled(flood);
      expect(new Set(refused.map(({ status }) => status))).toEqual(new Set(['rejected']));
      expect(await valid).toMatchObject({ name: 'app' });
      expect(questions).toBeLessThan(5);
    });

    test('the last use is noted to the minute', async () => {
      const { ctx, clock } = await start();
      const { secret } = await createToken(ctx, { name: 'app', scopes: ['ingest:write'] });
      const lastUse = async () => Date.parse((await listTokens(ctx))[0]?.lastUsedAt ?? '') - START;
      await authenticate(ctx, { bearer: secret });
      expect(await lastUse()).toBe(0);
      clock.advance(MINUTE - 1);
      await authenticate(ctx, { bearer: secret });
      expect(await lastUse()).toBe(0);
      clock.advance(5001);
      await authenticate(ctx, { bearer: secret });
      expect(await lastUse()).toBe(MINUTE + 5000);
    });

    test('nobody manages tokens without the scope, or gives what it lacks', async () => {
      const { ctx } = await start();
      const asReader = { ...ctx, actor: reader };
      const asKeeper: AccessContext = { ...ctx, actor: { kind: 'token', name: 'keeper', scopes: ['tokens:write'] } };
      await expect(createToken(asReader, { name: 'x', scopes: ['objectives:read'] })).rejects.toMatchObject({
        code: 'forbidden',
      });
      await expect(listTokens(asReader)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(revokeToken(asReader, { id: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(createSignInCode(asReader)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(
        createToken(asKeeper, { name: 'x', scopes: ['tokens:write', 'objectives:write'] }),
      ).rejects.toMatchObject({
        code: 'forbidden',
        details: [{ path: 'scopes', message: 'keeper lacks objectives:write.', expected: 'objectives:write' }],
      });
      expect(await listTokens(ctx)).toEqual([]);
      expect(await audited(ctx)).toEqual([]);
    });
  });

  describe('signing in', () => {
    test('a code gives a session with the scopes of its maker, for 30 days', async () => {
      const { ctx, clock } = await start();
      const maker: Actor = { kind: 'token', name: 'ops', scopes: ['tokens:write', 'objectives:read'] };
      const { code, expiresAt } = await createSignInCode({ ...ctx, actor: maker });
      expect(expiresAt).toBe(START + 15 * MINUTE);
      const session = await exchangeSignInCode(ctx, { code });
      expect(session.expiresAt).toBe(START + 30 * DAY);
      const actor = { kind: 'session', name: 'ops', scopes: ['tokens:write', 'objectives:read'] };
      expect(session.actor).toEqual(actor);
      expect(await authenticate(ctx, { session: session.secret })).toEqual(actor);
      clock.set(session.expiresAt - 1);
      expect(await authenticate(ctx, { session: session.secret })).toEqual(actor);
      clock.advance(1);
      await expect(authenticate(ctx, { session: session.secret })).rejects.toMatchObject({ code: 'unauthenticated' });
      await expect(authenticate(ctx, { bearer: session.secret })).rejects.toMatchObject({ code: 'unauthenticated' });
      expect(await audited(ctx)).toEqual([
        'session/ops exchangeSignInCode session/ops',
        'token/ops createSignInCode session/ops',
      ]);
    });

    test('of many who use a code at once exactly one gets in', async () => {
      const { ctx } = await start();
      for (let round = 0; round < 5; round++) {
        const { code } = await createSignInCode(ctx);
        const results = await Promise.allSettled(
          Array.from({ length: 8 }, () => exchangeSignInCode(elsewhere(ctx), { code })),
        );
        expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
        for (const result of results) {
          if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'sign-in-code-invalid' });
        }
      }
      expect(await ctx.catalog.db.selectFrom('session').select('name').execute()).toHaveLength(5);
    });

    test('a code that is used, expired or invented is refused', async () => {
      const { ctx, clock } = await start();
      const used = await createSignInCode(ctx);
      await exchangeSignInCode(ctx, { code: used.code });
      await expect(exchangeSignInCode(ctx, { code: used.code })).rejects.toMatchObject({
        code: 'sign-in-code-invalid',
      });
      const late = await createSignInCode(ctx);
      clock.set(late.expiresAt);
      for (const code of [late.code, `vdc_${'A'.repeat(43)}`, 'anything']) {
        await expect(exchangeSignInCode(ctx, { code })).rejects.toMatchObject({ code: 'sign-in-code-invalid' });
      }
    });

    test('signing out ends the session at once, and twice is no error', async () => {
      const { ctx } = await start();
      const { secret, actor } = await exchangeSignInCode(ctx, { code: (await createSignInCode(ctx)).code });
      await authenticate(ctx, { session: secret });
      await endSession({ ...ctx, actor }, { secret });
      await endSession({ ...ctx, actor }, { secret });
      await expect(authenticate(ctx, { session: secret })).rejects.toMatchObject({ code: 'unauthenticated' });
      expect((await audited(ctx)).filter((entry) => entry.includes('endSession'))).toHaveLength(1);
    });

    test('what has expired does not pile up', async () => {
      const { ctx, clock } = await start();
      for (let i = 0; i < 3; i++) {
        await createSignInCode(ctx);
        await exchangeSignInCode(ctx, { code: (await createSignInCode(ctx)).code });
        clock.advance(31 * DAY);
      }
      await exchangeSignInCode(ctx, { code: (await createSignInCode(ctx)).code });
      expect(await ctx.catalog.db.selectFrom('session').select('hash').execute()).toHaveLength(1);
      expect(await ctx.catalog.db.selectFrom('sign_in_code').select('hash').execute()).toHaveLength(1);
    });
  });

  describe('the token that Verdant makes for itself', () => {
    test('the first start makes one, later ones find it good', async () => {
      const { ctx } = await start();
      const first = await ensureAdminToken(ctx, { stored: undefined });
      if (first.state !== 'created') throw new Error(first.state);
      expect((await authenticate(ctx, { bearer: first.secret })).scopes.toSorted()).toEqual(allScopes.toSorted());
      expect(await ensureAdminToken(ctx, { stored: `${first.secret}\n` })).toEqual({ state: 'valid' });
      expect(await listTokens(ctx)).toHaveLength(1);
    });

    test('processes that start at once make one between them', async () => {
      const { ctx } = await start();
      // Connections are made first, so that all four begin in the same moment.
      await Promise.all(Array.from({ length: 4 }, () => sql`select pg_sleep(0.05)`.execute(ctx.catalog.db)));
      const results = await Promise.all(Array.from({ length: 4 }, () => ensureAdminToken(ctx, { stored: undefined })));
      expect(results.map((result) => result.state).toSorted()).toEqual(['absent', 'absent', 'absent', 'created']);
    });

    test('it says when the file was taken away or holds a token that is not good any more', async () => {
      const { ctx } = await start();
      const first = await ensureAdminToken(ctx, { stored: undefined });
      if (first.state !== 'created') throw new Error(first.state);
      expect(await ensureAdminToken(ctx, { stored: undefined })).toEqual({ state: 'absent' });
      const [token] = await listTokens(ctx);
      await revokeToken(ctx, { id: token?.id ?? '' });
      expect(await ensureAdminToken(ctx, { stored: first.secret })).toEqual({ state: 'invalid' });
      const renewed = await ensureAdminToken(ctx, { stored: first.secret, renew: true });
      expect(renewed.state).toBe('created');
    });

    test('a file from another catalog does not keep the first start from making one', async () => {
      const { ctx } = await start();
      expect((await ensureAdminToken(ctx, { stored: `vdt_${'A'.repeat(43)}` })).state).toBe('created');
    });

    test('the ingest token sends telemetry and nothing else, and is none for the admin', async () => {
      const { ctx } = await start();
      const made = await ensureIngestToken(ctx, { stored: undefined });
      if (made.state !== 'created') throw new Error(made.state);
      expect(made.secret).toMatch(/^vdi_/);
      expect(await ensureIngestToken(ctx, { stored: made.secret })).toEqual({ state: 'valid' });
      expect((await ensureAdminToken(ctx, { stored: made.secret })).state).toBe('created');
    });
  });
});
