import { z } from 'zod';
import { isPlainText } from '../../lib/plain-text.ts';
import { allScopes } from '../scopes.ts';

export const scopeSchema = z.enum(allScopes);

export const principalSchema = z
  .object({
    kind: z.enum(['session', 'token']),
    name: z.string(),
    scopes: z.array(scopeSchema),
    demo: z.boolean().meta({ description: 'Whether the demo bank runs with this server.' }),
    version: z.string(),
  })
  .meta({ id: 'Principal' });
export type Principal = z.output<typeof principalSchema>;

export const signInSchema = z.strictObject({ code: z.string().min(10).max(200) });

export const tokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(scopeSchema),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Token' });
export type Token = z.output<typeof tokenSchema>;

export const newTokenSchema = z.strictObject({
  name: z.string().min(1).max(120).refine(isPlainText, 'text without control characters'),
  scopes: z.array(scopeSchema).min(1),
});
export const createdTokenSchema = tokenSchema.extend({
  secret: z.string().meta({ description: 'Shown once; only its hash is kept.' }),
});
export const signInLinkSchema = z.object({ url: z.string(), expiresAt: z.iso.datetime() });
