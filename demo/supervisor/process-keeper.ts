import { type ChildProcess, fork } from 'node:child_process';
import { type Order, type Report, reportSchema } from '../services/messages.ts';
import type { LogFile } from './log-file.ts';

/** Pauses before a process that died is started again: doubled each time, forgotten after a quiet while. */
const backOff = { firstMs: 300, maxMs: 5000, quietMs: 30_000 } as const;

/** How long a process may take to end by itself before it is killed. */
const STOP_TIMEOUT_MS = 3000;

/** How a process is started; `environment` is asked for at every start. */
export interface ProcessPlan {
  readonly name: string;
  readonly file: string;
  readonly execArgv: readonly string[];
  readonly environment: () => Readonly<Record<string, string>>;
  readonly log: LogFile;
  /** Whether the process has an end of its own; others are started again however they end. */
  readonly isTask?: boolean;
  readonly onReport?: (report: Report) => void;
}

/** Keeps one process running: starts it, starts it again when it dies, stops it. */
export class ProcessKeeper {
  readonly #plan: ProcessPlan;
  #child: ChildProcess | undefined;
  #wanted = false;
  #stopAsked = false;
  #pauseMs: number = backOff.firstMs;
  #timer: NodeJS.Timeout | undefined;
  #port: number | undefined;
  #isReady = false;
  #awaitingPort: ((port: number) => void)[] = [];
  #awaitingReady: (() => void)[] = [];

  constructor(plan: ProcessPlan) {
    this.#plan = plan;
  }

  /** Process id, while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    // One that is still stopping is followed by the next when it is gone.
    if (this.#child === undefined) this.#launch();
  }

  /** The port that the process listens on; it keeps it over restarts. */
  port(): Promise<number> {
    if (this.#port !== undefined) return Promise.resolve(this.#port);
    return new Promise((resolve) => this.#awaitingPort.push(resolve));
  }

  /** Resolves when the process has been ready for the first time. */
  ready(): Promise<void> {
    if (this.#isReady) return Promise.resolve();
    return new Promise((resolve) => this.#awaitingReady.push(resolve));
  }

  tell(order: Order): void {
    // A process that is just dying takes no orders; it gets them again when it listens anew.
    if (this.#child?.connected) this.#child.send(order, () => undefined);
  }

  /** Ends the process and resolves when it is gone. It can be started again. */
  async stop(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === undefined) return;
    this.#stopAsked = true;
    await new Promise<void>((resolve) => {
      const killer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      child.once('exit', () => {
        clearTimeout(killer);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }

  #launch(): void {
    const { file, execArgv, environment, log } = this.#plan;
    const startedAt = Date.now();
    const env: Record<string, string> = { ...environment() };
    if (this.#port !== undefined) env.PORT = String(this.#port);
    const child = fork(file, { execArgv: [...execArgv], env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#child = child;
    child.stdout?.on('data', (chunk: Buffer) => log.write(chunk));
    child.stderr?.on('data', (chunk: Buffer) => log.write(chunk));
    child.on('message', (message) => this.#hear(message));
    child.on('error', (error) => log.note(String(error)));
    child.on('exit', (code, signal) => {
      this.#child = undefined;
      this.#afterExit(code, signal, Date.now() - startedAt);
    });
  }

  #hear(message: unknown): void {
    const report = reportSchema.safeParse(message);
    if (!report.success) return;
    if (report.data.type === 'listening') {
      this.#port = report.data.port;
      for (const resolve of this.#awaitingPort.splice(0)) resolve(report.data.port);
    }
    if (report.data.type === 'ready') {
      this.#isReady = true;
      for (const resolve of this.#awaitingReady.splice(0)) resolve();
    }
    this.#plan.onReport?.(report.data);
  }

  #afterExit(code: number | null, signal: NodeJS.Signals | null, livedMs: number): void {
    const stopAsked = this.#stopAsked;
    this.#stopAsked = false;
    if (code === 0 && this.#plan.isTask === true) this.#wanted = false;
    if (!this.#wanted) return;
    if (stopAsked) {
      this.#launch();
      return;
    }
    if (livedMs > backOff.quietMs) this.#pauseMs = backOff.firstMs;
    this.#plan.log.note(
      `${this.#plan.name} ended (${signal ?? `exit code ${code}`}), starts again in ${this.#pauseMs} ms`,
    );
    this.#timer = setTimeout(() => this.#launch(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, backOff.maxMs);
  }
}
