import type { Request } from './request.ts';
import type { Span } from './span.ts';

/** A span as it is kept: what came, and the request it stands for when a server or consumer made it. */
export interface StoredSpan {
  readonly span: Span;
  readonly request: Request | undefined;
}
