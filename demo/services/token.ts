import { createHmac, timingSafeEqual } from 'node:crypto';

const LIFE_MS = 15 * 60_000;

const sign = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64url');

/** A token that says who somebody is until it expires: `user.expiry.signature`. */
export function issueToken(key: string, user: string, now: number): string {
  const claim = `${user}.${now + LIFE_MS}`;
  return `${claim}.${sign(key, claim)}`;
}

/** Who the bearer of a token is, or undefined when it was forged or has expired. */
export function readToken(key: string, token: string, now: number): string | undefined {
  const [user, expiry, signature] = token.split('.');
  if (user === undefined || expiry === undefined || signature === undefined) return undefined;
  const expected = Buffer.from(sign(key, `${user}.${expiry}`));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  return Number(expiry) > now ? user : undefined;
}
