import { CUSTOMERS, drawVisitor, MONITOR_USER, type Visitor } from '../bank/customers.ts';
import { dayShape } from '../bank/day-shape.ts';
import { planJourney, type Step } from '../bank/journey-plan.ts';
import { drawBogusRequest, probeUserAgent, uptimeUserAgent } from '../bank/machines.ts';
import { poisson, type Random, seededRandom } from '../bank/random.ts';
import { type ServiceName, serviceNames, serviceVersions } from '../bank/services.ts';
import { baseFailureShare, drawDuration, drawLoginDelay, type Operation, timings } from '../bank/timing.ts';
import { type Weather, weatherAt } from './incidents.ts';
import type { ServerSpan } from './server-span.ts';

const MINUTE = 60_000;

/** Journeys a minute at midday: a tenth of the live traffic, so that a month is written in a minute. */
const JOURNEYS_PER_MINUTE = 6;

/** Every so many minutes the load balancer asks each service; a tenth of the live rate as well. */
const PROBE_MINUTES = 2;

/** A journey's steps count up to this long after its minute. */
const REACH_MS = 4 * MINUTE;

/** Before the first start the bank had this long a quiet time, so that the board starts healthy. */
const QUIET_MS = 3 * 3_600_000;
const QUIET_SHARE = 0.1;

/** What makes a history: the same world gives the same spans, whichever piece is written when. */
export interface World {
  readonly seed: number;
  /** First start of the demo, milliseconds since the Unix epoch. */
  readonly anchor: number;
  /** How far the bank's clocks are ahead of UTC at a moment, in milliseconds. */
  readonly zoneOffsetMs: (at: number) => number;
}

const routes: Readonly<Record<Operation, { method: 'GET' | 'POST'; route: string; service: ServiceName; ok: number }>> =
  {
    login: { method: 'POST', route: '/login', service: 'authentication', ok: 200 },
    refresh: { method: 'POST', route: '/token/refresh', service: 'authentication', ok: 200 },
    accounts: { method: 'GET', route: '/accounts', service: 'accounts', ok: 200 },
    transactions: { method: 'GET', route: '/accounts/:id/transactions', service: 'accounts', ok: 200 },
    pay: { method: 'POST', route: '/payments', service: 'payments', ok: 201 },
    payment: { method: 'GET', route: '/payments/:id', service: 'payments', ok: 200 },
  };

function randomBytes(random: Random, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 4) {
    const word = (random() * 4_294_967_296) >>> 0;
    bytes[i] = word;
    bytes[i + 1] = word >>> 8;
    bytes[i + 2] = word >>> 16;
    bytes[i + 3] = word >>> 24;
  }
  return bytes;
}

/** Writes the spans of one minute's customers and machines, one after the other. */
class MinuteWriter {
  readonly spans: ServerSpan[] = [];
  readonly #random: Random;
  readonly #weather: Weather;
  readonly #quiet: number;

  constructor(random: Random, weather: Weather, quiet: number) {
    this.#random = random;
    this.#weather = weather;
    this.#quiet = quiet;
  }

  /** A customer's visit; like a live one it ends at the first failure. */
  journey(startMs: number): void {
    const visitor = drawVisitor(this.#random);
    let at = startMs;
    for (const step of planJourney(this.#random)) {
      at += step.pauseMs;
      const { status, durationMs } = this.#request(step, visitor, at);
      at += durationMs;
      if (status >= 400 && !step.mistyped) return;
    }
  }

  /** The load balancer asks a service whether it is well. */
  probe(service: ServiceName, at: number): void {
    this.#add(at, 0.4 + this.#random() * 0.8, {
      ...this.#machine(service, probeUserAgent, '10.0.0.2'),
      method: 'GET',
      route: '/health',
      path: '/health',
      status: 200,
    });
  }

  /** The bank's own check signs in as {@link MONITOR_USER}. */
  checkLogin(at: number): void {
    const step: Step = { operation: 'login', pauseMs: 0, mistyped: false };
    this.#add(at, this.#durationMs(step), {
      ...this.#machine('authentication', uptimeUserAgent, '10.0.0.2'),
      method: 'POST',
      route: '/login',
      path: '/login',
      status: 200,
    });
  }

  /** A scanner knocks: mostly at doors that are not there; an injection makes the login throw. */
  bogus(at: number): void {
    const { method, path, userAgent, body } = drawBogusRequest(this.#random);
    const injects = body !== undefined;
    const gateway = this.#add(at, 1 + this.#random() * 4, {
      ...this.#machine('gateway', userAgent, '198.51.100.23'),
      method,
      route: injects ? path : '',
      path,
      status: injects ? 502 : 404,
    });
    if (!injects) return;
    this.#add(
      at + 0.4,
      0.5,
      { ...this.#machine('authentication', userAgent, '198.51.100.23'), method, route: path, path, status: 500 },
      gateway,
    );
  }

  #request(step: Step, visitor: Visitor, at: number): { status: number; durationMs: number } {
    const { method, route, service, ok } = routes[step.operation];
    const request = {
      method,
      route,
      path: this.#path(step.operation, route, at),
      userAgent: visitor.userAgent,
      clientAddress: visitor.address,
    };
    const gone = service === 'payments' && this.#random() < this.#weather.paymentsGone;
    const failed = !gone && this.#random() < this.#failureShare(step.operation, service);
    const durationMs = gone ? 0.5 : this.#durationMs(step);
    const overheadMs = 1 + this.#random() * 3;
    const status = failed ? 500 : step.mistyped ? 401 : ok;
    const seenStatus = gone ? 503 : failed ? 502 : status;
    const gateway = this.#add(at, durationMs + overheadMs, {
      ...request,
      service: 'gateway',
      version: serviceVersions.gateway,
      status: seenStatus,
    });
    if (!gone) {
      const version = service === 'accounts' ? this.#weather.accountsVersion : serviceVersions[service];
      this.#add(at + overheadMs * 0.6, durationMs, { ...request, service, version, status }, gateway);
    }
    return { status: seenStatus, durationMs: durationMs + overheadMs };
  }

  #failureShare(operation: Operation, service: ServiceName): number {
    const base = baseFailureShare[operation] * this.#quiet;
    if (service === 'payments') return base + this.#weather.paymentsFailing / (1 - this.#weather.paymentsGone);
    return service === 'accounts' ? base + this.#weather.accountsFailing : base;
  }

  #durationMs(step: Step): number {
    const work = drawDuration(this.#random, timings[step.operation]);
    return step.operation === 'login' && this.#weather.loginsSlow ? work + drawLoginDelay(this.#random) : work;
  }

  #path(operation: Operation, route: string, at: number): string {
    if (operation === 'transactions') return `/accounts/${1 + Math.floor(this.#random() * CUSTOMERS * 2)}/transactions`;
    return operation === 'payment' ? `/payments/${Math.floor(at).toString(36)}` : route;
  }

  #machine(service: ServiceName, userAgent: string, clientAddress: string) {
    const version = service === 'accounts' ? this.#weather.accountsVersion : serviceVersions[service];
    return { service, version, userAgent, clientAddress };
  }

  #add(
    atMs: number,
    durationMs: number,
    request: Omit<ServerSpan, 'startUs' | 'durationUs' | 'traceId' | 'spanId' | 'parentSpanId' | 'peerPort'>,
    parent?: ServerSpan,
  ): ServerSpan {
    const span: ServerSpan = {
      ...request,
      peerPort: 40_000 + Math.floor(this.#random() * 32),
      startUs: Math.round(atMs * 1000),
      durationUs: Math.max(1, Math.round(durationMs * 1000)),
      traceId: parent?.traceId ?? randomBytes(this.#random, 16),
      spanId: randomBytes(this.#random, 8),
      parentSpanId: parent?.spanId,
    };
    this.spans.push(span);
    return span;
  }
}

function minuteSpans(world: World, minute: number): ServerSpan[] {
  const startMs = minute * MINUTE;
  const random = seededRandom(world.seed, minute);
  const offset = world.zoneOffsetMs(startMs);
  const weather = weatherAt(startMs, world.anchor, offset);
  const quiet = startMs > world.anchor - QUIET_MS && startMs < world.anchor;
  const writer = new MinuteWriter(random, weather, quiet ? QUIET_SHARE : 1);
  const sometime = (): number => startMs + random() * MINUTE;
  const journeys = poisson(random, JOURNEYS_PER_MINUTE * dayShape(startMs, offset));
  for (let i = 0; i < journeys; i++) writer.journey(sometime());
  const knocks = poisson(random, weather.bogusPerMinute);
  for (let i = 0; i < knocks; i++) writer.bogus(sometime());
  writer.checkLogin(sometime());
  if (minute % PROBE_MINUTES === 0) for (const service of serviceNames) writer.probe(service, sometime());
  const endUs = (startMs + MINUTE + REACH_MS) * 1000;
  return writer.spans.filter((span) => span.startUs < endUs);
}

/** All spans of the history that start in [from, to), in milliseconds: every span lies in exactly one piece of time. */
export function generateSpans(world: World, from: number, to: number): ServerSpan[] {
  const spans: ServerSpan[] = [];
  const last = Math.ceil(to / MINUTE);
  for (let minute = Math.floor((from - REACH_MS) / MINUTE) - 1; minute < last; minute++) {
    for (const span of minuteSpans(world, minute))
      if (span.startUs >= from * 1000 && span.startUs < to * 1000) spans.push(span);
  }
  return spans;
}
