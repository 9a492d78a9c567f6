/**
 * What a request must be like, as data: compiled to SQL by the store and evaluated here by {@link holds}, with the same
 * meaning (a property test compares both).
 */
export type Condition =
  | { readonly op: 'all'; readonly of: readonly Condition[] }
  | { readonly op: 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }
  /** Text equals one of the patterns; `*` stands for any text. */
  | {
      readonly op: 'like';
      readonly field: TextField;
      readonly patterns: readonly string[];
      readonly ignoreCase: boolean;
    }
  /** Integer lies in one of the ranges, both ends included. 0 means the request has no such status and never matches. */
  | { readonly op: 'between'; readonly field: 'httpStatus'; readonly ranges: readonly (readonly [number, number])[] }
  /** gRPC status is one of these; -1 in the data means the request has none and never matches. */
  | { readonly op: 'rpc-status'; readonly codes: readonly number[] }
  | { readonly op: 'failed'; readonly is: boolean }
  /** Duration in nanoseconds: `under` is exclusive, `atLeast` inclusive. */
  | { readonly op: 'duration'; readonly under?: bigint; readonly atLeast?: bigint }
  /** An attribute exists and its text matches the pattern. */
  | { readonly op: 'attribute'; readonly of: 'span' | 'resource'; readonly key: string; readonly pattern: string };

export type TextField = 'endpoint' | 'path' | 'method' | 'userAgent';

/** All conditions hold for every request. */
export const ALWAYS: Condition = { op: 'all', of: [] };
