import type { SqlEngine } from '../../src/store/telemetry/engine/sql-engine.ts';

/** A real engine of which some calls pass through a test first. */
export function engineWith(engine: SqlEngine, through: Partial<SqlEngine>): SqlEngine {
  return {
    kind: engine.kind,
    version: engine.version,
    query: (...args) => engine.query(...args),
    command: (...args) => engine.command(...args),
    insertNative: (...args) => engine.insertNative(...args),
    close: () => engine.close(),
    ...through,
  };
}
