import type { MinuteSlice } from '../../../core/slo/count-slices.ts';
import type { SqlEngine } from '../engine/sql-engine.ts';
import { encodeBlock } from '../native/block.ts';
import { ArrayColumn } from '../native/columns.ts';

const COLUMNS = [
  'objective',
  'version',
  'slot',
  'good',
  'valid',
  'data_minutes',
  'idle_minutes',
  'first_minute',
  'revision',
] as const;

/** Writes minutes of the ledger. Of two slices of one minute the higher revision holds. */
export async function writeSlices(engine: SqlEngine, slices: readonly MinuteSlice[], revision: bigint): Promise<void> {
  if (slices.length === 0) return;
  const slot = new ArrayColumn(
    "DateTime('UTC')",
    Uint32Array.from(slices, ({ minuteMs }) => minuteMs / 1000),
  );
  await engine.insertNative(
    'ledger_minute',
    COLUMNS,
    encodeBlock(slices.length, {
      objective: new ArrayColumn(
        'UInt32',
        Uint32Array.from(slices, (slice) => slice.objective),
      ),
      version: new ArrayColumn(
        'UInt32',
        Uint32Array.from(slices, (slice) => slice.version),
      ),
      slot,
      good: new ArrayColumn(
        'UInt64',
        BigUint64Array.from(slices, (slice) => slice.good),
      ),
      valid: new ArrayColumn(
        'UInt64',
        BigUint64Array.from(slices, (slice) => slice.valid),
      ),
      data_minutes: new ArrayColumn(
        'UInt16',
        Uint16Array.from(slices, ({ valid }) => (valid > 0n ? 1 : 0)),
      ),
      idle_minutes: new ArrayColumn(
        'UInt16',
        Uint16Array.from(slices, ({ valid }) => (valid > 0n ? 0 : 1)),
      ),
      first_minute: slot,
      revision: new ArrayColumn('UInt64', new BigUint64Array(slices.length).fill(revision)),
    }),
  );
}
