import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';

const carriesStatus = z.object({ status: z.int().min(400).max(499) });

/** Last in every service: errors become answers, 4xx when the error says so (a body that is no JSON), else 500. */
export function answerError(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const status = carriesStatus.safeParse(error).data?.status ?? 500;
  if (status === 500) process.stderr.write(`${new Date().toISOString()} ${String(error)}\n`);
  response.status(status).json({ error: status === 500 ? 'internal error' : 'bad request' });
}
