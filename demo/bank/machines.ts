import { pick, type Random } from './random.ts';

/** Requests that no customer made: the platform's own checks and strangers that knock on every door. */
export const probeUserAgent = 'kube-probe/1.29';
export const uptimeUserAgent = 'bank-uptime/2.0';

/** What a scanner asks for. */
export interface BogusRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly userAgent: string;
  /** JSON text. An object in place of a name is how scanners look for injections; it makes the login throw. */
  readonly body: string | undefined;
}

const scanners: readonly [string, ...string[]] = [
  'Mozilla/5.0 zgrab/0.x',
  'masscan/1.3 (https://github.com/robertdavidgraham/masscan)',
  'Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)',
  'sqlmap/1.7.11#stable (https://sqlmap.org)',
];

const doors: readonly [string, ...string[]] = [
  '/wp-login.php',
  '/.env',
  '/.git/config',
  '/phpmyadmin/index.php',
  '/cgi-bin/luci',
  '/actuator/env',
  '/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php',
];

const INJECTION = '{"user":{"$ne":null},"password":{"$ne":null}}';

/** Share of bogus requests that try to inject something into the login. */
const INJECTION_SHARE = 0.25;

/** Any bogus request. */
export function drawBogusRequest(random: Random): BogusRequest {
  const userAgent = pick(random, scanners);
  if (random() < INJECTION_SHARE) return { method: 'POST', path: '/login', userAgent, body: INJECTION };
  return { method: 'GET', path: pick(random, doors), userAgent, body: undefined };
}
