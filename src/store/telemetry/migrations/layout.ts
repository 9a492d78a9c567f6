/** Where tables live: on one ClickHouse, or on every shard of a cluster with a distributed table in front. */
export interface Layout {
  /** Name of the cluster, or undefined on one machine. */
  readonly cluster: string | undefined;
}

export interface TableDefinition {
  readonly name: string;
  /** Columns and indexes, as they stand between the brackets. */
  readonly columns: string;
  /** Such as `MergeTree` or `ReplacingMergeTree(revision)`. */
  readonly engine: string;
  readonly partitionBy: string;
  readonly orderBy: string;
  /** How rows are spread over shards; rows that replace each other must meet on one. */
  readonly shardBy: string;
  readonly settings: string;
}

/** Turns one description of a table into the statements that the layout needs. */
export function createTable(table: TableDefinition, layout: Layout): string[] {
  const tail = `PARTITION BY ${table.partitionBy} ORDER BY ${table.orderBy} SETTINGS ${table.settings}`;
  if (layout.cluster === undefined) {
    return [`CREATE TABLE IF NOT EXISTS ${table.name} (${table.columns}) ENGINE = ${table.engine} ${tail}`];
  }
  const on = `ON CLUSTER '${layout.cluster}'`;
  const local = `${table.name}_local`;
  return [
    `CREATE TABLE IF NOT EXISTS ${local} ${on} (${table.columns}) ENGINE = ${replicated(table.engine, local)} ${tail}`,
    `CREATE TABLE IF NOT EXISTS ${table.name} ${on} AS ${local} ` +
      `ENGINE = Distributed('${layout.cluster}', currentDatabase(), '${local}', ${table.shardBy})`,
  ];
}

/** `ReplacingMergeTree(revision)` becomes `ReplicatedReplacingMergeTree(path, replica, revision)`. */
function replicated(engine: string, table: string): string {
  const match = /^(\w*MergeTree)(?:\((.*)\))?$/.exec(engine);
  const path = `'/clickhouse/tables/{shard}/{database}/${table}', '{replica}'`;
  const rest = match?.[2] === undefined ? '' : `, ${match[2]}`;
  return `Replicated${match?.[1] ?? engine}(${path}${rest})`;
}

/** The table that holds the rows themselves: statements that change parts go there. */
export const storageTable = (name: string, layout: Layout): string =>
  layout.cluster === undefined ? name : `${name}_local ON CLUSTER '${layout.cluster}'`;
