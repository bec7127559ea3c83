/** The routes of the shop: their templates, the ids in them, how popular and how slow they are. */
import { bytesOf } from '../domain/byte-string.js';
import { zipfWeights } from './alias-table.js';
import type { GenerateOptions } from './options.js';
import type { Random } from './random.js';
import { SERVICES } from './services.js';

/** What stands where the template has `:id` or `:name`; a name is a word that looks like any other part of a path. */
export type IdKind = 'none' | 'number' | 'uuid' | 'name';

/** A route with its share of the traffic and of the paths. Paths are numbered over all routes. */
export interface Route {
  readonly template: string;
  readonly before: Uint8Array;
  readonly id: IdKind;
  readonly after: Uint8Array;
  readonly query: 'none' | 'page' | 'search';
  /** Position in SERVICES. */
  readonly service: number;
  readonly weight: number;
  /** Median response time in µs, and standard deviation of its logarithm. */
  readonly medianUs: number;
  readonly sigma: number;
  /** Only scanners ask for it, and get a 404. */
  readonly isProbe: boolean;
  readonly firstPath: number;
  readonly paths: number;
}

/** All routes. The last is the one that floods go to, which has no weight. */
export interface RouteMap {
  readonly routes: readonly Route[];
  readonly flood: Route;
  /** Paths of all routes together. */
  readonly paths: number;
}

/** How popular routes are: the exponent of Zipf's law. Source: Breslau et al., INFOCOM 1999. */
const POPULARITY = 1;
/** Share of requests that scanners make. */
const PROBE_SHARE = 0.015;
const PROBES = [
  '/wp-login.php',
  '/.env',
  '/.git/config',
  '/phpmyadmin/index.php',
  '/admin/config.php',
  '/cgi-bin/luci',
  '/xmlrpc.php',
  '/backup.zip',
];
const FLOOD_TEMPLATE = '/tags/:name';

type Shape = readonly [template: string, query: Route['query']];

/** The first routes, then `SHAPES` for each service, then the same below `/api/v1`, `/api/v2` and so on. */
const ENTRANCES: readonly Shape[] = [
  ['/', 'none'],
  ['/search', 'search'],
  ['/login', 'none'],
  ['/assets/app.js', 'none'],
];
const SHAPES: readonly Shape[] = [
  ['/#/:id', 'none'],
  ['/#', 'page'],
  ['/#/:id/history', 'none'],
  ['/#/ref/:uuid', 'none'],
  ['/#/by-name/:name', 'page'],
  ['/#/:uuid/attachments', 'none'],
  ['/#/export', 'none'],
];

/** The routes that these options ask for; response times are drawn. */
export function makeRoutes(options: GenerateOptions, random: Random): RouteMap {
  const shapes = Array.from({ length: options.routes }, (_, index) => shapeOf(index));
  const weights = zipfWeights(options.routes, POPULARITY);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const withIds = shapes.filter(([template]) => idOf(template) !== 'none').length;
  const pathsOfRoute = Math.max(1, Math.floor(options.paths / Math.max(1, withIds)));
  const routes: Route[] = [];
  let firstPath = 0;
  const add = (shape: Shape, rest: Pick<Route, 'service' | 'weight' | 'isProbe'>, paths: number): Route => {
    const route = { ...routeOf(shape, random), ...rest, firstPath, paths };
    firstPath += paths;
    return route;
  };
  shapes.forEach((shape, index) => {
    const paths = idOf(shape[0]) === 'none' ? 1 : pathsOfRoute;
    routes.push(add(shape, { service: serviceOf(index), weight: weights[index] ?? 0, isProbe: false }, paths));
  });
  for (const probe of PROBES) {
    const weight = (total * PROBE_SHARE) / PROBES.length;
    routes.push(add([probe, 'none'], { service: 0, weight, isProbe: true }, 1));
  }
  const flood = add([FLOOD_TEMPLATE, 'none'], { service: 0, weight: 0, isProbe: false }, options.distinct);
  return { routes: [...routes, flood], flood, paths: firstPath };
}

function shapeOf(index: number): Shape {
  const entrance = ENTRANCES[index];
  if (entrance !== undefined) return entrance;
  const [template, query] = SHAPES[Math.floor(orderOf(index) / SERVICES.length) % SHAPES.length] ?? ['/#', 'none'];
  const version = Math.floor(orderOf(index) / (SERVICES.length * SHAPES.length));
  const name = SERVICES[serviceOf(index)]?.name ?? '';
  return [`${version === 0 ? '' : `/api/v${version}`}${template.replace('#', name)}`, query];
}

function orderOf(index: number): number {
  return index - ENTRANCES.length;
}

function serviceOf(index: number): number {
  return index < ENTRANCES.length ? index : orderOf(index) % SERVICES.length;
}

function idOf(template: string): IdKind {
  if (template.includes('/:id')) return 'number';
  if (template.includes('/:uuid')) return 'uuid';
  return template.includes('/:name') ? 'name' : 'none';
}

/** Medians lie between 3 and 80 ms, the 99th percentile at 3 to 10 times the median. */
function routeOf(
  [shape, query]: Shape,
  random: Random,
): Omit<Route, 'service' | 'weight' | 'isProbe' | 'firstPath' | 'paths'> {
  const template = shape.replace(':uuid', ':id');
  const [before = '', after = ''] = template.split(/:id|:name/);
  return {
    template,
    before: bytesOf(before),
    id: idOf(shape),
    after: bytesOf(after),
    query,
    medianUs: Math.round(3000 * (80 / 3) ** random.unit()),
    sigma: 0.5 + 0.5 * random.unit(),
  };
}
