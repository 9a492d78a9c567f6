/** The code of a sign-in link: from its fragment (`#code=...`), from the whole link, or as it is. */
export function readSignInCode(text: string): string | undefined {
  const trimmed = text.trim();
  const fragment = trimmed.includes('#') ? trimmed.slice(trimmed.indexOf('#') + 1) : trimmed;
  const code = fragment.startsWith('code=') ? (new URLSearchParams(fragment).get('code') ?? '') : fragment;
  return code === '' || /[\s/:]/.test(code) ? undefined : code;
}
