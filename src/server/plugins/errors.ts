import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { ErrorBody } from '../../contract/api/error-body.ts';
import { type ErrorCode, VerdantError } from '../../contract/errors.ts';
import { setSecurityHeaders } from './security-headers.ts';

/** Fastify's own refusals, in our words. */
const FASTIFY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid-request',
  404: 'not-found',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

function asVerdantError(error: FastifyError | VerdantError): VerdantError {
  if (error instanceof VerdantError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new VerdantError('invalid-request', {
      details: error.validation.map((issue) => ({
        path: `${error.validationContext ?? 'request'}${issue.instancePath.replaceAll('/', '.')}`,
        message: issue.message ?? 'is not valid',
      })),
    });
  }
  const code = FASTIFY_STATUS[error.statusCode ?? 500] ?? 'internal';
  if (code === 'internal') return new VerdantError('internal', { cause: error });
  return new VerdantError(code, { details: [{ message: error.message }] });
}

/** An error as the body that every answer but 2xx has. */
export function errorBody(error: VerdantError): ErrorBody {
  return { error: { code: error.code, message: error.message, fix: error.fix, details: [...error.details] } };
}

/** What went wrong inside is for the log: statements and paths of the store are nothing for whoever asks. */
export function withoutInside(error: VerdantError, requestId: string): VerdantError {
  if (error.code !== 'internal') return error;
  return new VerdantError('internal', { details: [{ message: `This was request ${requestId}.` }] });
}

/** Answers an address that Fastify cannot even route: percent signs that mean nothing, or names without end. */
export function answerBrokenRequest(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const told = new VerdantError('invalid-request', { details: [{ message: error.message }] });
  setSecurityHeaders(reply);
  void reply.code(told.status).send(errorBody(told));
}

/** Answers errors from the one table; what is unexpected is logged whole and told only as `internal`. */
export function addErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | VerdantError>(async (error, request, reply) => {
    const told = asVerdantError(error);
    if (told.status >= 500 && told.code !== 'shutting-down')
      request.log.error({ err: told.cause ?? told }, told.message);
    if (told.retryAfter !== undefined) reply.header('retry-after', Math.ceil(told.retryAfter));
    if (told.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer realm="verdant"');
    return reply.code(told.status).send(errorBody(withoutInside(told, request.id)));
  });
}
