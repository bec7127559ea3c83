/** What comes of a request: its status, how long it took, how much it sent. */
import { AliasTable } from './alias-table.js';
import { lognormal } from './distributions.js';
import type { Random } from './random.js';
import type { Route } from './routes.js';
import { NO_BYTES, type TrafficEvent } from './traffic-event.js';

const HEALTHY: readonly (readonly [status: number, weight: number])[] = [
  [200, 9200],
  [304, 300],
  [302, 130],
  [301, 100],
  [204, 80],
  [404, 70],
  [401, 40],
  [403, 30],
  [400, 25],
  [206, 15],
  [429, 10],
];
const FAILED: readonly (readonly [status: number, weight: number])[] = [
  [500, 35],
  [503, 30],
  [502, 20],
  [504, 15],
];
const HEALTHY_TABLE = new AliasTable(HEALTHY.map(([, weight]) => weight));
const FAILED_TABLE = new AliasTable(FAILED.map(([, weight]) => weight));

/** One request in so many is of the slow mode: 10 to 30 times as slow. */
const SLOW_SHARE = 0.01;
/** Half of the timeouts are of the client side, half of the server's. */
const TIMEOUTS_US = [30_000_000, 60_000_000];
const LONGEST_US = 60_000_000;
/** Median of what fails at once. */
const INSTANT_US = 1200;

/** Bodies: lognormal, with a Pareto tail. Source: Barford, Crovella, SIGMETRICS 1998 (SURGE). */
const MEDIAN_BYTES = Math.exp(9.2);
const BYTES_SIGMA = 1.65;
const TAIL_BYTES = 130_000;
const TAIL_EXPONENT = -1 / 1.2;
const ERROR_PAGE_BYTES = 150;

/** Draws the status of a request that fails with probability `errorShare`. */
export function drawStatus(random: Random, route: Route, method: string, errorShare: number): number {
  if (route.isProbe) return 404;
  if (random.unit() < errorShare) return FAILED[FAILED_TABLE.draw(random)]?.[0] ?? 500;
  const status = HEALTHY[HEALTHY_TABLE.draw(random)]?.[0] ?? 200;
  return status === 200 && method === 'POST' ? 201 : status;
}

/** Draws how long a request took, in µs; `slowness` is that of its route, now. Errors come at once or as a timeout. */
export function drawDurationUs(random: Random, route: Route, status: number, slowness: number): number {
  if (status === 504) return TIMEOUTS_US[random.bits(1)] ?? LONGEST_US;
  if (status >= 502 || route.isProbe) return lognormal(random, INSTANT_US, route.sigma);
  const slowMode = random.unit() < SLOW_SHARE ? 10 + 20 * random.unit() : 1;
  return Math.min(LONGEST_US, lognormal(random, route.medianUs * slowness * slowMode, route.sigma));
}

/** Draws the bytes of an answer; some of those without a body state none. */
export function drawBytes(random: Random, { status, method }: TrafficEvent): number {
  if (status === 204 || status === 304 || method === 'HEAD') return random.bits(1) === 0 ? NO_BYTES : 0;
  if (status >= 300) return ERROR_PAGE_BYTES + random.below(500);
  const bytes = lognormal(random, MEDIAN_BYTES, BYTES_SIGMA);
  return Math.round(bytes < TAIL_BYTES ? bytes : TAIL_BYTES * (1 - random.unit()) ** TAIL_EXPONENT);
}
