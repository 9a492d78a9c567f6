import { createHmac } from 'node:crypto';
import express, { type Express, type Request, type Response } from 'express';
import { crashShare } from '../bank/timing.ts';
import { answerError } from './answer-error.ts';
import { type ServiceLine, serve } from './serve.ts';
import { waitFor } from './work.ts';

const PAYMENT_KEY = process.env.BANK_TOKEN_KEY ?? '';
const BOOKED_AFTER_MS = 2000;
const LARGEST_CENTS = 5_000_000;

const sign = (text: string): string => createHmac('sha256', PAYMENT_KEY).update(text).digest('hex').slice(0, 16);

function pay(line: ServiceLine) {
  return async (request: Request, response: Response): Promise<void> => {
    const cents = Number(request.body?.amountCents);
    if (!Number.isSafeInteger(cents) || cents <= 0 || cents > LARGEST_CENTS) {
      response.status(422).json({ error: 'amountCents must be a positive whole number' });
      return;
    }
    if (line.isFaultActive('payments-crash') && Math.random() < crashShare) {
      // Outside the handler nobody catches it: the process dies with all that it has in flight.
      setImmediate(() => {
        throw new Error('payments-crash: ledger lock is poisoned');
      });
    }
    await waitFor('pay');
    const claim = Date.now().toString(36);
    response.status(201).json({ id: `${claim}-${sign(claim)}`, state: 'pending', amountCents: cents });
  };
}

/** The id carries its own proof and time, so that payments survive a crash without a database. */
async function payment(request: Request<{ id: string }>, response: Response): Promise<void> {
  await waitFor('payment');
  const [claim, signature] = request.params.id.split('-');
  if (claim === undefined || signature !== sign(claim)) {
    response.status(404).json({ error: 'no such payment' });
    return;
  }
  const age = Date.now() - Number.parseInt(claim, 36);
  response.json({ id: request.params.id, state: age < BOOKED_AFTER_MS ? 'pending' : 'booked' });
}

function build(line: ServiceLine): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '10kb' }));
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.post('/payments', pay(line));
  app.get('/payments/:id', payment);
  app.use(answerError);
  return app;
}

serve(build);
