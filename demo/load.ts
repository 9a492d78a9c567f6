import { z } from 'zod';
import { MONITOR_USER, passwordOf } from './bank/customers.ts';
import { dayShape, localZoneOffsetMs } from './bank/day-shape.ts';
import { drawBogusRequest, probeUserAgent, uptimeUserAgent } from './bank/machines.ts';
import { nextArrivalMs } from './bank/random.ts';
import { tieToSupervisor } from './services/tether.ts';
import { send } from './traffic/client.ts';
import { makeJourney } from './traffic/journey.ts';

const environment = z
  .object({
    GATEWAY_URL: z.url(),
    AUTHENTICATION_URL: z.url(),
    ACCOUNTS_URL: z.url(),
    PAYMENTS_URL: z.url(),
    /** Journeys a second at midday. */
    VERDANT_DEMO_JOURNEYS_PER_SECOND: z.coerce.number().min(0.01).max(50).default(1),
  })
  .parse(process.env);

const PROBE_EVERY_MS = 10_000;
const UPTIME_EVERY_MS = 5000;
const BOGUS_PER_SECOND = 1 / 12;

/** Above this the phones wait for slow services rather than the machine for memory. */
const MAX_JOURNEYS_AT_ONCE = 300;

const loadBalancer = '10.0.0.2';
const stranger = '198.51.100.23';

let journeys = 0;
let stopped = false;

function probe(): void {
  const { GATEWAY_URL, AUTHENTICATION_URL, ACCOUNTS_URL, PAYMENTS_URL } = environment;
  for (const base of [GATEWAY_URL, AUTHENTICATION_URL, ACCOUNTS_URL, PAYMENTS_URL])
    void send({ url: `${base}/health`, method: 'GET', userAgent: probeUserAgent, address: loadBalancer });
}

function checkLogin(): void {
  void send({
    url: `${environment.AUTHENTICATION_URL}/login`,
    method: 'POST',
    userAgent: uptimeUserAgent,
    address: loadBalancer,
    body: JSON.stringify({ user: MONITOR_USER, password: passwordOf(MONITOR_USER) }),
  });
}

function knock(): void {
  const bogus = drawBogusRequest(Math.random);
  void send({
    url: `${environment.GATEWAY_URL}${bogus.path}`,
    method: bogus.method,
    userAgent: bogus.userAgent,
    address: stranger,
    body: bogus.body,
  });
}

function visit(): void {
  if (journeys >= MAX_JOURNEYS_AT_ONCE) return;
  journeys++;
  makeJourney(environment.GATEWAY_URL)
    .catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
    .finally(() => {
      journeys--;
    });
}

/** Lets things happen at random moments, at a rate that is asked for anew each time. */
function atRate(perSecond: () => number, happen: () => void): void {
  setTimeout(
    () => {
      if (stopped) return;
      happen();
      atRate(perSecond, happen);
    },
    Math.min(nextArrivalMs(Math.random, perSecond()), 60_000),
  );
}

function every(ms: number, happen: () => void): void {
  happen();
  setInterval(happen, ms);
}

tieToSupervisor({
  onStop: () => {
    stopped = true;
    process.exit(0);
  },
});

atRate(() => {
  const now = Date.now();
  return environment.VERDANT_DEMO_JOURNEYS_PER_SECOND * dayShape(now, localZoneOffsetMs(now));
}, visit);
atRate(() => BOGUS_PER_SECOND, knock);
every(PROBE_EVERY_MS, probe);
every(UPTIME_EVERY_MS, checkLogin);
