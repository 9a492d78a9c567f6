import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Session } from 'chdb';
import { z } from 'zod';
import { answerCalls } from '../measure/answer-calls.ts';

/** The two embedded engines and nothing else: what no program that is built on them can do without. */
async function open(input: unknown): Promise<void> {
  const { dir } = z.object({ dir: z.string() }).parse(input);
  const session = new Session(join(dir, 'chdb'));
  await session.queryAsync('SELECT 1', { format: 'TSV' });
  const database = await PGlite.create(join(dir, 'pglite'));
  await database.query('SELECT 1');
}

answerCalls({ open });
