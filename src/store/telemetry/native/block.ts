import { ByteBuffer } from './byte-buffer.ts';
import type { Column } from './columns.ts';

/** Columns as one block of ClickHouse's Native format: counts, then name, type and data of each column. */
export function encodeBlock(rows: number, columns: Readonly<Record<string, Column>>): Buffer {
  const out = new ByteBuffer(rows * 200 + 4096);
  const entries = Object.entries(columns);
  out.varint(entries.length);
  out.varint(rows);
  for (const [name, column] of entries) {
    out.text(name);
    out.text(column.type);
    column.writeTo(out);
  }
  return out.view();
}
