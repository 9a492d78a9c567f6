/** Why an answer did not come, for the person in front of the page. */
export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  readonly fix: string;
  readonly details: readonly string[];

  constructor(parts: { status: number; code: string; message: string; fix: string; details?: readonly string[] }) {
    super(parts.message);
    this.name = 'ApiError';
    this.status = parts.status;
    this.code = parts.code;
    this.fix = parts.fix;
    this.details = parts.details ?? [];
  }
}

/** Any failure as one that can be shown. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError({
    status: 0,
    code: 'page-failed',
    message: 'This page has stopped working.',
    fix: 'Reload it. If it happens again, please report the text below.',
    details: [error instanceof Error ? error.message : String(error)],
  });
}
