import express, { type Express, type Request, type Response } from 'express';
import pg from 'pg';
import { answerError } from './answer-error.ts';
import { serve } from './serve.ts';
import { waitFor } from './work.ts';

/** A query that takes longer has failed; the customer would not wait either. */
const QUERY_TIMEOUT_MS = 800;

const pool = new pg.Pool({
  host: '127.0.0.1',
  port: Number(process.env.BANK_DATABASE_PORT),
  user: 'postgres',
  database: 'postgres',
  // PGlite is one session: statements without a name of two connections would overwrite each other.
  max: 1,
  connectionTimeoutMillis: QUERY_TIMEOUT_MS,
  query_timeout: QUERY_TIMEOUT_MS,
});
pool.on('error', (error) => process.stderr.write(`${new Date().toISOString()} idle connection: ${String(error)}\n`));

async function accounts(request: Request, response: Response): Promise<void> {
  await waitFor('accounts');
  const found = await pool.query('SELECT id, name, balance_cents FROM account WHERE customer = $1 ORDER BY id', [
    request.get('x-customer') ?? '',
  ]);
  response.json({ accounts: found.rows });
}

async function transactions(request: Request<{ id: string }>, response: Response): Promise<void> {
  await waitFor('transactions');
  const found = await pool.query(
    'SELECT t.id, t.at, t.amount_cents, t.text FROM transaction t JOIN account a ON a.id = t.account ' +
      'WHERE a.id = $1 AND a.customer = $2 ORDER BY t.at DESC LIMIT 20',
    [Number(request.params.id), request.get('x-customer') ?? ''],
  );
  response.json({ transactions: found.rows });
}

function build(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/accounts', accounts);
  app.get('/accounts/:id/transactions', transactions);
  app.use(answerError);
  return app;
}

serve(build, () => pool.end());
