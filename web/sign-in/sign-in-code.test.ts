import { describe, expect, it } from 'vitest';
import { readSignInCode } from './sign-in-code.ts';
import { signInSearchSchema } from './sign-in-search.ts';

describe('the code of a sign-in link', () => {
  it('is read from the fragment, from the whole link and as it is', () => {
    expect(readSignInCode('#code=abc-123')).toBe('abc-123');
    expect(readSignInCode(' http://127.0.0.1:7070/sign-in#code=abc-123 ')).toBe('abc-123');
    expect(readSignInCode('abc-123')).toBe('abc-123');
  });

  it('is not read from what has none', () => {
    expect(readSignInCode('')).toBeUndefined();
    expect(readSignInCode('#')).toBeUndefined();
    expect(readSignInCode('http://127.0.0.1:7070/sign-in')).toBeUndefined();
  });
});

describe('where to go after signing in', () => {
  it('is an address of this site only', () => {
    expect(signInSearchSchema.parse({ next: '/services' })).toEqual({ next: '/services' });
    expect(signInSearchSchema.parse({ next: '//evil.example' }).next).toBeUndefined();
    expect(signInSearchSchema.parse({ next: '/\\evil.example' }).next).toBeUndefined();
    expect(signInSearchSchema.parse({ next: 'https://evil.example' }).next).toBeUndefined();
  });
});
