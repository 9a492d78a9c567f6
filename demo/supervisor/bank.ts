import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { FaultName } from '../bank/faults.ts';
import type { ServiceName } from '../bank/services.ts';
import type { Report } from '../services/messages.ts';
import { type DemoEnvironment, machineEnvironment } from './environment.ts';
import { telemetryEnvironment } from './instrumentation.ts';
import { LogFile } from './log-file.ts';
import { ProcessKeeper } from './process-keeper.ts';

/** Which process a fault is told to; `traffic-gone` is no order: the load generator is stopped for real. */
const faultTargets = {
  'auth-slow': 'authentication',
  'accounts-db-failing': 'database',
  'payments-crash': 'payments',
} as const;

/** Old generations are kept small: a laptop runs all of them at once. */
const smallHeap = ['--max-old-space-size=96', '--max-semi-space-size=2'];

/** All processes of the bank and of its customers. */
export class Bank {
  readonly #demo: DemoEnvironment;
  readonly #folder: string;
  readonly #tokenKey = randomBytes(24).toString('hex');
  readonly #activeFaults: () => readonly FaultName[];
  readonly #register: string;
  readonly #keepers = new Map<string, ProcessKeeper>();

  /**
   * @param entry the supervisor's own file: the other processes lie beside it
   * @param activeFaults asked whenever a process starts, so that a restart does not end a fault
   */
  constructor(demo: DemoEnvironment, entry: string, activeFaults: () => readonly FaultName[]) {
    this.#demo = demo;
    this.#folder = path.dirname(entry);
    this.#activeFaults = activeFaults;
    this.#register = createRequire(entry).resolve('@opentelemetry/auto-instrumentations-node/register');
  }

  /** Starts everything, each after what it needs, and resolves when customers come in. */
  async start(): Promise<void> {
    const database = this.#keep('database', smallHeap, () => ({
      BANK_DATABASE_FOLDER: path.join(this.#demo.VERDANT_DEMO_STATE, 'accounts-database'),
    }));
    database.start();
    const authentication = this.#keepService('authentication', () => ({}));
    const payments = this.#keepService('payments', () => ({}));
    authentication.start();
    payments.start();
    const databasePort = String(await database.port());
    const accounts = this.#keepService('accounts', () => ({ BANK_DATABASE_PORT: databasePort }));
    accounts.start();
    const urls = {
      AUTHENTICATION_URL: loopback(await authentication.port()),
      PAYMENTS_URL: loopback(await payments.port()),
      ACCOUNTS_URL: loopback(await accounts.port()),
    };
    const gateway = this.#keepService('gateway', () => urls);
    gateway.start();
    const gatewayUrl = loopback(await gateway.port());
    await database.ready();
    this.#keep('load', smallHeap, () => ({
      ...urls,
      GATEWAY_URL: gatewayUrl,
      VERDANT_DEMO_JOURNEYS_PER_SECOND: this.#demo.VERDANT_DEMO_JOURNEYS_PER_SECOND,
    }));
    if (!this.#activeFaults().includes('traffic-gone')) this.#keepers.get('load')?.start();
  }

  /** Carries a fault to where it happens. */
  async switchFault(name: FaultName, active: boolean): Promise<void> {
    if (name !== 'traffic-gone') {
      this.#keepers.get(faultTargets[name])?.tell({ type: 'fault', name, active });
      return;
    }
    const load = this.#keepers.get('load');
    if (active) await load?.stop();
    else load?.start();
  }

  /** Process ids of all that runs, by name. */
  pids(): Record<string, number> {
    const pids: Record<string, number> = {};
    for (const [name, keeper] of this.#keepers) if (keeper.pid !== undefined) pids[name] = keeper.pid;
    return pids;
  }

  /** Customers leave first, so that no request runs into a service that is going down. */
  async stop(): Promise<void> {
    await this.#keepers.get('load')?.stop();
    await Promise.all([...this.#keepers.values()].map((keeper) => keeper.stop()));
  }

  #keepService(name: ServiceName, environment: () => Record<string, string>): ProcessKeeper {
    return this.#keep(name, ['--require', this.#register, ...smallHeap], () => ({
      ...telemetryEnvironment(name, this.#demo),
      BANK_TOKEN_KEY: this.#tokenKey,
      ...environment(),
    }));
  }

  #keep(name: string, execArgv: readonly string[], environment: () => Record<string, string>): ProcessKeeper {
    const keeper = new ProcessKeeper({
      name,
      file: path.join(this.#folder, `${name}.cjs`),
      execArgv,
      environment: () => ({ ...machineEnvironment(), ...environment() }),
      log: new LogFile(path.join(this.#demo.VERDANT_DEMO_STATE, `${name}.log`)),
      onReport: (report: Report) => {
        if (report.type !== 'listening') return;
        for (const fault of this.#activeFaults()) {
          if (fault !== 'traffic-gone' && faultTargets[fault] === name)
            keeper.tell({ type: 'fault', name: fault, active: true });
        }
      },
    });
    this.#keepers.set(name, keeper);
    return keeper;
  }
}

const loopback = (port: number): string => `http://127.0.0.1:${port}`;
