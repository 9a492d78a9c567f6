import { setTimeout as sleep } from 'node:timers/promises';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { answerError } from './answer-error.ts';
import { serve } from './serve.ts';
import { readToken } from './token.ts';
import { callUpstream } from './upstream.ts';

const environment = z
  .object({ BANK_TOKEN_KEY: z.string(), AUTHENTICATION_URL: z.url(), ACCOUNTS_URL: z.url(), PAYMENTS_URL: z.url() })
  .parse(process.env);

/** Statuses for calls that got no answer, by the error of the socket; all others are 502. */
const statusOfSocketError: Readonly<Record<string, number>> = { ECONNREFUSED: 503, ETIMEDOUT: 504 };

const socketError = z.object({ code: z.string() });

/** The gateway's own work (routing, limits, headers) takes a millisecond or three. */
const ownWorkMs = (): number => 0.5 + Math.random() * 2.5;

function forwardedHeaders(request: Request, customer: string): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'user-agent': request.get('user-agent') ?? '',
    'x-forwarded-for': request.get('x-forwarded-for') ?? '',
  };
  if (customer !== '') headers['x-customer'] = customer;
  return headers;
}

async function forward(baseUrl: string, request: Request, response: Response): Promise<void> {
  await sleep(ownWorkMs());
  const customer: unknown = response.locals.customer;
  try {
    const answer = await callUpstream({
      url: `${baseUrl}${request.originalUrl}`,
      method: request.method,
      headers: forwardedHeaders(request, typeof customer === 'string' ? customer : ''),
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
    });
    // What goes wrong behind the gateway is the gateway's failure too, but not its customer's business.
    if (answer.status >= 500) response.status(502).json({ error: 'a service failed' });
    else response.status(answer.status).type('application/json').send(answer.body);
  } catch (error) {
    const status = statusOfSocketError[socketError.safeParse(error).data?.code ?? ''] ?? 502;
    response.status(status).json({ error: 'a service is not available' });
  }
}

const to =
  (baseUrl: string) =>
  (request: Request, response: Response): Promise<void> =>
    forward(baseUrl, request, response);

function signedIn(request: Request, response: Response, next: NextFunction): void {
  const token = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
  const user = readToken(environment.BANK_TOKEN_KEY, token, Date.now());
  if (user === undefined) {
    response.status(401).json({ error: 'sign in first' });
    return;
  }
  response.locals.customer = user;
  next();
}

function build(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '10kb' }));
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.post('/login', to(environment.AUTHENTICATION_URL));
  app.post('/token/refresh', to(environment.AUTHENTICATION_URL));
  app.get('/accounts', signedIn, to(environment.ACCOUNTS_URL));
  app.get('/accounts/:id/transactions', signedIn, to(environment.ACCOUNTS_URL));
  app.post('/payments', signedIn, to(environment.PAYMENTS_URL));
  app.get('/payments/:id', signedIn, to(environment.PAYMENTS_URL));
  app.use(answerError);
  return app;
}

serve(build);
