import { z } from 'zod';
import { requestOf } from '../../src/core/telemetry/request-of.ts';
import { decodeTracesProtobuf } from '../../src/ingest/otlp/decode-protobuf.ts';
import { batchKey } from '../../src/store/telemetry/batch-key.ts';
import { openChdb } from '../../src/store/telemetry/engine/chdb-engine.ts';
import type { SqlEngine } from '../../src/store/telemetry/engine/sql-engine.ts';
import { applyPolicies } from '../../src/store/telemetry/migrations/apply-policies.ts';
import { migrateTelemetry } from '../../src/store/telemetry/migrations/migrate.ts';
import { SPAN_COLUMNS, SpanBlock } from '../../src/store/telemetry/span-block.ts';
import { loadPlanSchema, payloadsOf } from '../load/load-plan.ts';
import { answerCalls } from '../measure/answer-calls.ts';

/** The engine alone: inserts blocks that were encoded beforehand. No way into it can be faster than this one. */
const openSchema = z.object({ dir: z.string() });
const prepareSchema = loadPlanSchema.extend({ rowsPerBlock: z.number() });
const ANY_TIME = { oldestNs: 0n, newestNs: 2n ** 63n };
const WRITES_AT_ONCE = 2;

let engine: SqlEngine | undefined;
let blocks: Buffer[] = [];

async function open(input: unknown): Promise<void> {
  const { dir } = openSchema.parse(input);
  engine = await openChdb({
    dir,
    memoryBytes: 2 ** 31,
    queryMemoryBytes: 2 ** 30,
    queryTimeoutMs: 30_000,
    readSessions: 6,
  });
  await migrateTelemetry(engine, { cluster: undefined });
  const days = (count: number): number => count * 86_400_000;
  await applyPolicies(
    engine,
    { cluster: undefined },
    { durability: 'process', spanRetentionMs: days(35), ledgerRetentionMs: days(400) },
  );
}

function prepare(input: unknown): { blocks: number; bytes: number } {
  const plan = prepareSchema.parse(input);
  blocks = [];
  let block = new SpanBlock(plan.rowsPerBlock);
  const encode = (): void => {
    if (block.rows > 0) blocks.push(block.encode(BigInt(plan.endMs) * 1000n));
    block = new SpanBlock(plan.rowsPerBlock);
  };
  for (const payload of payloadsOf(plan)) {
    const { spans } = decodeTracesProtobuf(payload, ANY_TIME);
    const stored = spans.map((span) => ({ span, request: requestOf(span) }));
    if (block.rows + stored.length > plan.rowsPerBlock) encode();
    block.add({ spans: stored, key: batchKey(stored) });
  }
  encode();
  return { blocks: blocks.length, bytes: blocks.reduce((sum, block) => sum + block.length, 0) };
}

async function insert(): Promise<{ seconds: number }> {
  const started = performance.now();
  let next = 0;
  const writer = async (): Promise<void> => {
    for (let block = blocks[next++]; block !== undefined; block = blocks[next++]) {
      await engine?.insertNative('spans', SPAN_COLUMNS, block);
    }
  };
  await Promise.all(Array.from({ length: WRITES_AT_ONCE }, writer));
  return { seconds: (performance.now() - started) / 1000 };
}

answerCalls({ open, prepare, insert });
