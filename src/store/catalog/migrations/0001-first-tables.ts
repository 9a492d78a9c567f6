import type { Migration } from './migration.ts';

/** Times are milliseconds since the Unix epoch. Hashes are SHA-256 in hexadecimal. */
export const firstTables: Migration = {
  id: 1,
  name: 'first-tables',
  statements: [
    `create table verdant.objective (
      id integer generated always as identity primary key,
      name text not null unique,
      definition jsonb not null,
      indicator_version integer not null check (indicator_version >= 1),
      revision bigint not null,
      created_at bigint not null,
      updated_at bigint not null
    )`,
    'create index objective_changes on verdant.objective (revision)',
    `create table verdant.objective_revision (
      singleton boolean primary key default true check (singleton),
      revision bigint not null
    )`,
    'insert into verdant.objective_revision (revision) values (0)',
    `create table verdant.indicator_version (
      objective_id integer not null references verdant.objective (id) on delete cascade,
      version integer not null check (version >= 1),
      indicator jsonb not null,
      created_at bigint not null,
      primary key (objective_id, version)
    )`,
    `create table verdant.backfill (
      objective_id integer not null references verdant.objective (id) on delete cascade,
      version integer not null,
      from_ms bigint not null,
      to_ms bigint not null check (to_ms >= from_ms),
      done_down_to_ms bigint not null check (done_down_to_ms between from_ms and to_ms),
      state text not null check (state in ('waiting', 'running', 'done')),
      created_at bigint not null,
      primary key (objective_id, version)
    )`,
    `create index backfill_open on verdant.backfill (created_at, objective_id) where state <> 'done'`,
    `create table verdant.cursor (
      name text primary key,
      value text not null
    )`,
    `create table verdant.token (
      id text primary key,
      name text not null,
      hash text not null unique,
      scopes text[] not null,
      created_at bigint not null,
      last_used_at bigint,
      revoked_at bigint
    )`,
    `create table verdant.session (
      hash text primary key,
      name text not null,
      scopes text[] not null,
      created_at bigint not null,
      expires_at bigint not null
    )`,
    'create index session_expiry on verdant.session (expires_at)',
    `create table verdant.sign_in_code (
      hash text primary key,
      name text not null,
      scopes text[] not null,
      expires_at bigint not null,
      used_at bigint
    )`,
    `create table verdant.audit_entry (
      id bigint generated always as identity primary key,
      at bigint not null,
      actor text not null,
      verb text not null,
      subject text not null,
      detail jsonb not null
    )`,
    'create index audit_entry_subject on verdant.audit_entry (subject, id)',
  ],
};
