import { createHash } from 'node:crypto';

/** What a secret opens; the prefix lets people and secret scanners tell what they found. */
const prefixes = { api: 'vdt_', ingest: 'vdi_', session: 'vds_', 'sign-in': 'vdc_' } as const;
export type SecretKind = keyof typeof prefixes;

const SECRET_BYTES = 32;
/** 32 bytes in base64url. */
const SHAPE = /^vd[tisc]_[A-Za-z0-9_-]{43}$/;

export interface Secret {
  readonly text: string;
  /** What is stored in its place. */
  readonly hash: string;
}

/**
 * SHA-256 in hexadecimal. A fast hash is enough for 256 random bits, which nobody guesses; and since the lookup is by
 * hash, the time it takes tells nothing about the secret.
 */
export function hashSecret(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Makes a secret of 256 random bits. */
export function newSecret(kind: SecretKind, random: (bytes: number) => Uint8Array): Secret {
  const text = prefixes[kind] + Buffer.from(random(SECRET_BYTES)).toString('base64url');
  return { text, hash: hashSecret(text) };
}

/** Whether a text can be a secret of one of these kinds at all. */
export function looksLikeSecret(text: string, kinds: readonly SecretKind[]): boolean {
  return SHAPE.test(text) && kinds.some((kind) => text.startsWith(prefixes[kind]));
}
