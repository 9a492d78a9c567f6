import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { settings } from '../../src/contract/config.ts';
import type { SqlEngine } from '../../src/store/telemetry/engine/sql-engine.ts';
import { cell } from '../../src/store/telemetry/engine/sql-engine.ts';
import { applyPolicies } from '../../src/store/telemetry/migrations/apply-policies.ts';
import { migrateTelemetry, telemetryMigrations } from '../../src/store/telemetry/migrations/migrate.ts';
import { openTestChdb, type TestEngine } from '../factories/clickhouse.ts';
import { elementsAt, parseXml, type XmlElement } from '../factories/xml.ts';

const deploy = (path: string): string => fileURLToPath(new URL(`../../deploy/${path}`, import.meta.url));
const read = (path: string): string => readFileSync(deploy(path), 'utf8');
const xml = (path: string): XmlElement => parseXml(read(`clickhouse/${path}`));
const CLUSTER = 'verdant';

/** Keeps what would be sent to a cluster; questions find an empty one. */
class Recorder implements SqlEngine {
  readonly kind = 'clickhouse';
  readonly version = 'recorded';
  readonly statements: string[] = [];
  async query(): Promise<never[]> {
    return [];
  }
  async command(sql: string): Promise<void> {
    this.statements.push(sql);
  }
  async insertNative(): Promise<void> {}
  async close(): Promise<void> {}
}

/** All statements by which Verdant makes its tables on a cluster. */
async function clusterStatements(): Promise<string[]> {
  const recorder = new Recorder();
  const layout = { cluster: CLUSTER };
  await migrateTelemetry(recorder, layout);
  await applyPolicies(recorder, layout, { durability: 'disk', spanRetentionMs: 8.64e7, ledgerRetentionMs: 8.64e7 });
  return recorder.statements;
}

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      hostname: z.string().optional(),
      command: z.array(z.string()).default([]),
      environment: z.record(z.string(), z.string()).default({}),
      volumes: z.array(z.string()).default([]),
    }),
  ),
});
const compose = composeSchema.parse(parse(read('compose/compose.yaml'), { merge: true }));
const service = (name: string) => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`compose.yaml has no service ${name}`);
  return found;
};

const flagNames = new Set(settings.flatMap(({ flag }) => [flag, flag.replace('--', '--no-')]));
const variableNames = new Set<string>(settings.map(({ env }) => env));
const flagsIn = (text: string): string[] => text.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [];

describe('the tables of a cluster', () => {
  let test: TestEngine;
  let statements: string[];
  beforeAll(async () => {
    test = await openTestChdb();
    statements = await clusterStatements();
  });
  afterAll(() => test.dispose());

  const parsed = async (sql: string): Promise<string> => {
    const [row] = await test.engine.query('SELECT formatQuery({sql:String})', { sql: cell.text }, { sql });
    return row?.sql ?? '';
  };

  it('are made by statements that the engine understands', async () => {
    const tables = telemetryMigrations.flatMap((migration) => migration.tables).length;
    expect(statements.filter((sql) => /^CREATE TABLE .*_local ON CLUSTER/.test(sql))).toHaveLength(tables);
    for (const sql of statements) expect(await parsed(sql)).not.toBe('');
  });
  it('are all made on the cluster that the XML files describe, and on no other', async () => {
    const created = statements.filter((sql) => !sql.startsWith('INSERT'));
    for (const sql of created) expect(sql).toContain(`ON CLUSTER '${CLUSTER}'`);
    const distributed = statements.flatMap((sql) => /Distributed\('(\w+)'/.exec(sql)?.[1] ?? []);
    expect(new Set(distributed)).toEqual(new Set([CLUSTER]));
    const clusters = elementsAt(xml('config.d/cluster.xml'), 'remote_servers').flatMap(({ children }) => children);
    expect(clusters.map(({ name }) => name)).toEqual([CLUSTER]);
    expect(service('verdant').command).toContain(`--clickhouse-cluster=${CLUSTER}`);
  });
  it('use no macro that the XML files do not define', () => {
    const used = statements.flatMap((sql) => [...sql.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    const defined = elementsAt(xml('config.d/macros.xml'), 'macros').flatMap(({ children }) => children);
    // ClickHouse itself knows {database}.
    expect(new Set(used)).toEqual(new Set([...defined.map(({ name }) => name), 'database']));
  });
  it('are read and written by a user whose settings the engine knows', async () => {
    const profile = elementsAt(xml('users.d/verdant.xml'), 'profiles', 'verdant').flatMap(({ children }) => children);
    const given = profile.filter(({ name }) => name !== 'constraints');
    expect(given.length).toBeGreaterThan(5);
    const list = given.map(({ name, text }) => `${name} = '${text}'`).join(', ');
    expect(await test.engine.query(`SELECT 1 SETTINGS ${list}`, { one: cell.int })).toEqual([{ one: 1 }]);
    const constrained = elementsAt(xml('users.d/verdant.xml'), 'profiles', 'verdant', 'constraints');
    for (const { name } of constrained.flatMap(({ children }) => children)) {
      expect(given.map((setting) => setting.name)).toContain(name);
    }
  });
  it('belong to a user with grants that the engine understands', async () => {
    const grants = elementsAt(xml('users.d/verdant.xml'), 'users', 'verdant', 'grants', 'query');
    expect(grants.length).toBeGreaterThan(0);
    for (const { text } of grants) expect(await parsed(`${text} TO verdant`)).toContain('TO verdant');
  });
  it('run on servers with settings that the engine knows', async () => {
    const names = xml('config.d/server.xml')
      .children.map(({ name }) => name)
      .filter((name) => name.startsWith('max_'));
    const known = await test.engine.query(
      'SELECT name FROM system.server_settings WHERE name IN {names:Array(String)}',
      { name: cell.text },
      { names },
    );
    expect(known.map(({ name }) => name).sort()).toEqual([...names].sort());
  });
});

describe('the machines', () => {
  const hostsOf = (elements: readonly XmlElement[]): string[] =>
    elements.flatMap((element) => elementsAt(element, 'host').map(({ text }) => text));

  it('are well-formed XML, every file', () => {
    const files = readdirSync(deploy('clickhouse'), { recursive: true, encoding: 'utf8' });
    const paths = files.filter((path) => path.endsWith('.xml'));
    expect(paths.length).toBeGreaterThan(4);
    for (const path of paths) expect(xml(path).name).toBe('clickhouse');
  });
  it('of the cluster are the ones that compose starts, 2 shards of 2 replicas', () => {
    const shards = elementsAt(xml('config.d/cluster.xml'), 'remote_servers', CLUSTER, 'shard');
    expect(shards).toHaveLength(2);
    for (const [index, shard] of shards.entries()) {
      expect(elementsAt(shard, 'internal_replication').map(({ text }) => text)).toEqual(['true']);
      const hosts = hostsOf(elementsAt(shard, 'replica'));
      expect(hosts).toHaveLength(2);
      for (const host of hosts) {
        expect(service(host).hostname).toBe(host);
        expect(service(host).environment).toMatchObject({
          CLICKHOUSE_SHARD: String(index + 1),
          CLICKHOUSE_REPLICA: host,
        });
      }
    }
  });
  it('of Keeper are the same for the servers, for Keeper and for compose', () => {
    const asked = hostsOf(elementsAt(xml('config.d/cluster.xml'), 'zookeeper', 'node'));
    const members = elementsAt(xml('keeper/keeper_config.xml'), 'keeper_server', 'raft_configuration', 'server');
    expect(members.flatMap((member) => elementsAt(member, 'hostname').map(({ text }) => text))).toEqual(asked);
    for (const member of members) {
      const name = elementsAt(member, 'hostname')[0]?.text ?? '';
      expect(service(name).environment.KEEPER_ID).toBe(elementsAt(member, 'id')[0]?.text);
    }
  });
  it('get every variable that their files read', () => {
    const variables = (element: XmlElement): string[] => [
      ...(element.attributes.from_env === undefined ? [] : [element.attributes.from_env]),
      ...element.children.flatMap(variables),
    ];
    for (const { environment, volumes } of Object.values(compose.services)) {
      for (const volume of volumes) {
        const file = /^\.\.\/(clickhouse\/[^:]+\.xml):/.exec(volume)?.[1];
        if (file === undefined) continue;
        for (const name of variables(parseXml(read(file)))) expect(Object.keys(environment)).toContain(name);
      }
    }
  });
  it('use no variable of .env that .env.example does not name', () => {
    const named = new Set(read('compose/.env.example').match(/^[A-Z_]+(?==)/gm));
    const used = [...read('compose/compose.yaml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(named);
  });
});

describe('what Verdant is told', () => {
  it('by compose are real flags and variables', () => {
    const { command, environment } = service('verdant');
    const flags = flagsIn(command.join('\n'));
    expect(flags.length).toBeGreaterThan(2);
    for (const flag of flags) expect(flagNames).toContain(flag);
    for (const name of Object.keys(environment)) expect(variableNames).toContain(name);
  });
  it('by the Dockerfile are real variables', () => {
    const names = read('docker/Dockerfile').match(/\bVERDANT_[A-Z_]+(?==)/g) ?? [];
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) expect(variableNames).toContain(name);
  });
  it('by systemd are real flags and variables', () => {
    const unit = read('systemd/verdant.service');
    const flags = flagsIn(/^ExecStart=.*$/m.exec(unit)?.[0] ?? '');
    expect(flags.length).toBeGreaterThan(1);
    for (const flag of flags) expect(flagNames).toContain(flag);
    for (const name of unit.match(/\bVERDANT_[A-Z_]+/g) ?? []) expect(variableNames).toContain(name);
  });
});
