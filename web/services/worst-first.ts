import { type Count, ratioOf } from '../format/number.ts';

/** Most failures per request first; among equals, most requests first. */
export function byFailures<T extends { readonly requests: Count; readonly failed: Count }>(
  items: readonly T[],
): readonly T[] {
  return items.toSorted(
    (a, b) => ratioOf(b.failed, b.requests) - ratioOf(a.failed, a.requests) || Number(b.requests) - Number(a.requests),
  );
}
