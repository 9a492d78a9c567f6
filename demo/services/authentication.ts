import { scrypt, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import express, { type Express, type Request, type Response } from 'express';
import { isCustomer, passwordOf } from '../bank/customers.ts';
import { drawLoginDelay } from '../bank/timing.ts';
import { answerError } from './answer-error.ts';
import { type ServiceLine, serve } from './serve.ts';
import { issueToken, readToken } from './token.ts';
import { waitFor } from './work.ts';

const TOKEN_KEY = process.env.BANK_TOKEN_KEY ?? '';

// Weaker than a bank may be (some milliseconds), because a laptop runs all of this.
const deriveKey = promisify<string, string, number, { N: number }, Buffer>(scrypt);
const hashPassword = (password: string, user: string): Promise<Buffer> => deriveKey(password, user, 32, { N: 1024 });

const stored = new Map<string, Buffer>();

async function storedHash(user: string): Promise<Buffer> {
  const known = stored.get(user);
  if (known !== undefined) return known;
  const hash = await hashPassword(passwordOf(user), user);
  stored.set(user, hash);
  return hash;
}

function login(line: ServiceLine) {
  return async (request: Request, response: Response): Promise<void> => {
    const { user, password } = request.body ?? {};
    // No check of types, as in many a real service: an object in place of a name throws here and is answered 500.
    const name: string = user.trim().toLowerCase();
    await waitFor('login');
    if (line.isFaultActive('auth-slow')) await sleep(drawLoginDelay(Math.random));
    const right =
      isCustomer(name) && timingSafeEqual(await hashPassword(String(password), name), await storedHash(name));
    if (right) response.json({ token: issueToken(TOKEN_KEY, name, Date.now()) });
    else response.status(401).json({ error: 'wrong user or password' });
  };
}

async function refresh(request: Request, response: Response): Promise<void> {
  await waitFor('refresh');
  const user = readToken(TOKEN_KEY, String(request.body?.token), Date.now());
  if (user === undefined) response.status(401).json({ error: 'token has expired' });
  else response.json({ token: issueToken(TOKEN_KEY, user, Date.now()) });
}

function build(line: ServiceLine): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '10kb' }));
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.post('/login', login(line));
  app.post('/token/refresh', refresh);
  app.use(answerError);
  return app;
}

serve(build);
