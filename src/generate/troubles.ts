import type { ErrorMode } from './options.js';
import type { Random } from './random.js';

/** Trouble begins every two hours and ends after five minutes, in the mean. */
const MEAN_QUIET_S = 7200;
const MEAN_TROUBLE_S = 300;
/** Share of requests that fail although all is well: in bursts mode, and where errors are flat. */
const BASE_SHARE = 0.002;
const FLAT_SHARE = 0.006;

/**
 * When requests fail. In `burst` a Markov chain with two states, quiet and trouble, steps once a second; in trouble one or
 * two routes fail with 20 to 60 % of their requests, and are 5 to 20 times as slow. In `flat` nothing ever changes.
 * Source: Gilbert, "Capacity of a Burst-Noise Channel", BSTJ 39(5), 1960.
 */
export class Troubles {
  /** Positions of the routes that are in trouble now. */
  private readonly routes = new Set<number>();
  private share = 0;
  private slowness = 1;
  private second = Number.NaN;
  private readonly mode: ErrorMode;
  private readonly random: Random;
  private readonly drawRoute: () => number;

  /** `drawRoute` picks a route as requests do, so that trouble is seen. */
  constructor(mode: ErrorMode, random: Random, drawRoute: () => number) {
    this.mode = mode;
    this.random = random;
    this.drawRoute = drawRoute;
  }

  /** Steps on to the second of `instant`, epoch ms. */
  advance(instant: number): void {
    const second = Math.floor(instant / 1000);
    if (second === this.second || this.mode === 'flat') return;
    const steps = Number.isNaN(this.second) ? 1 : second - this.second;
    for (let step = 0; step < steps; step += 1) this.step();
    this.second = second;
  }

  /** Share of the requests for a route that fail now. */
  errorShareOf(route: number): number {
    if (this.mode === 'flat') return FLAT_SHARE;
    return this.routes.has(route) ? this.share : BASE_SHARE;
  }

  /** By how much a route is slower than usual now. */
  slownessOf(route: number): number {
    return this.routes.has(route) ? this.slowness : 1;
  }

  private step(): void {
    const { random, routes } = this;
    if (routes.size > 0) {
      if (random.unit() * MEAN_TROUBLE_S < 1) routes.clear();
      return;
    }
    if (random.unit() * MEAN_QUIET_S >= 1) return;
    routes.add(this.drawRoute());
    if (random.bits(1) === 1) routes.add(this.drawRoute());
    this.share = 0.2 + 0.4 * random.unit();
    this.slowness = 5 + 15 * random.unit();
  }
}
