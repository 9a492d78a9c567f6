import type { ColumnType, Generated, Kysely } from 'kysely';

/** Milliseconds since the Unix epoch in a bigint column: a number on both engines, never text. */
type Millis = number;

/** JSON is written as text, which both drivers take as it is, and read back unparsed by type: zod decides what it is. */
type Json = ColumnType<unknown, string, string>;

interface ObjectiveTable {
  id: Generated<number>;
  name: string;
  definition: Json;
  indicator_version: number;
  /** Value of objective_revision at the last write: what changed since is found without reading all. */
  revision: number;
  created_at: Millis;
  updated_at: Millis;
}

interface ObjectiveRevisionTable {
  singleton: Generated<boolean>;
  revision: number;
}

interface IndicatorVersionTable {
  objective_id: number;
  version: number;
  indicator: Json;
  created_at: Millis;
}

interface BackfillTable {
  objective_id: number;
  version: number;
  from_ms: Millis;
  to_ms: Millis;
  done_down_to_ms: Millis;
  state: string;
  created_at: Millis;
}

interface CursorTable {
  name: string;
  value: string;
}

interface TokenTable {
  id: string;
  name: string;
  hash: string;
  scopes: string[];
  created_at: Millis;
  last_used_at: Millis | null;
  revoked_at: Millis | null;
}

interface SessionTable {
  hash: string;
  name: string;
  scopes: string[];
  created_at: Millis;
  expires_at: Millis;
}

interface SignInCodeTable {
  hash: string;
  name: string;
  scopes: string[];
  expires_at: Millis;
  used_at: Millis | null;
}

interface AuditEntryTable {
  id: Generated<number>;
  at: Millis;
  actor: string;
  verb: string;
  subject: string;
  detail: Json;
}

interface MigrationTable {
  id: number;
  name: string;
  checksum: string;
  applied_at: Millis;
}

/** The tables of the catalog as migrations/ makes them. Only tables/ and migrate.ts ask them. */
export interface CatalogSchema {
  objective: ObjectiveTable;
  objective_revision: ObjectiveRevisionTable;
  indicator_version: IndicatorVersionTable;
  backfill: BackfillTable;
  cursor: CursorTable;
  token: TokenTable;
  session: SessionTable;
  sign_in_code: SignInCodeTable;
  audit_entry: AuditEntryTable;
  migration: MigrationTable;
}

/** `catalog.db`, or the transaction that inTransaction hands over. */
export type CatalogHandle = Kysely<CatalogSchema>;
