import type { Command } from 'commander';
import type { CliContext } from './context.ts';

/** A command as `verdant --help` lists it; the rest of it is loaded only when it is called. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly group: string;
  readonly load: () => Promise<(context: CliContext) => Command>;
}

const SERVER = 'Run the platform:';
const DEFINE = 'Define objectives:';
const LOOK = 'Look:';
const ACCESS = 'Access:';

/** All commands, in the order of the help. */
export const commandRegistry: readonly CommandEntry[] = [
  {
    name: 'serve',
    summary: 'run the platform',
    group: SERVER,
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  {
    name: 'demo',
    summary: 'run the platform with the demo bank, or break the bank (demo fault)',
    group: SERVER,
    load: async () => (await import('./commands/demo.ts')).demoCommand,
  },
  {
    name: 'health',
    summary: 'whether the server works and counts telemetry',
    group: SERVER,
    load: async () => (await import('./commands/health.ts')).healthCommand,
  },
  {
    name: 'validate',
    summary: 'check definition files, without a server',
    group: DEFINE,
    load: async () => (await import('./commands/validate.ts')).validateCommand,
  },
  {
    name: 'plan',
    summary: 'show what apply would change',
    group: DEFINE,
    load: async () => (await import('./commands/plan.ts')).planCommand,
  },
  {
    name: 'apply',
    summary: 'make the server hold what the files say',
    group: DEFINE,
    load: async () => (await import('./commands/apply.ts')).applyCommand,
  },
  {
    name: 'delete',
    summary: 'delete objectives',
    group: DEFINE,
    load: async () => (await import('./commands/delete.ts')).deleteCommand,
  },
  {
    name: 'status',
    summary: 'how objectives stand over several windows',
    group: LOOK,
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  {
    name: 'get',
    summary: 'list objectives, or show one and its definition',
    group: LOOK,
    load: async () => (await import('./commands/get.ts')).getCommand,
  },
  {
    name: 'services',
    summary: 'list the services that send telemetry',
    group: LOOK,
    load: async () => (await import('./commands/services.ts')).servicesCommand,
  },
  {
    name: 'sign-in',
    summary: 'print a one-time link to sign in with a browser',
    group: ACCESS,
    load: async () => (await import('./commands/sign-in.ts')).signInCommand,
  },
  {
    name: 'token',
    summary: 'create, list and revoke tokens',
    group: ACCESS,
    load: async () => (await import('./commands/token.ts')).tokenCommand,
  },
];
