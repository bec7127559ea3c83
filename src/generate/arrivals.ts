import { exponential, gamma } from './distributions.js';
import type { Random } from './random.js';

const DAY_MS = 86_400_000;
/** The rate of a day swings between 0.4 and 1.6 of its mean: four to one. */
const DAY_SWING = 0.6;
/** Hour of the day (UTC) with the mean rate on its way up: the peak is six hours later. */
const RISE_HOUR = 8;
/** Shape of the gamma noise of the seconds: a coefficient of variation of 0.4. */
const NOISE_SHAPE = 6.25;
const IDLE_SHARE = 0.002;
const RUSH_SHARE = 0.001;
const RUSH_FACTOR = 10;

/**
 * When lines are written: a rate that swings with the hour of the day, times gamma noise for each second, with some
 * idle seconds and some rushes, for traffic varies more than chance alone explains. Within a second arrivals are a
 * Poisson process.
 */
export class Arrivals {
  /** Rate of the second at hand as a multiple of the mean. */
  load = 1;
  private readonly random: Random;
  /** Lines per second, in the mean over a day. */
  private readonly rate: number;
  private at: number;
  private secondEnd: number;

  constructor(random: Random, startAt: number, rate: number) {
    this.random = random;
    this.rate = rate;
    this.at = startAt;
    this.secondEnd = startAt;
  }

  /** The next instant, epoch ms with a fraction; never before the one that was returned last. */
  next(): number {
    for (;;) {
      const at = this.load === 0 ? Infinity : this.at + (exponential(this.random) * 1000) / (this.rate * this.load);
      if (at < this.secondEnd) {
        this.at = at;
        return at;
      }
      this.at = this.secondEnd; // a Poisson process has no memory: the next second starts anew
      this.secondEnd += 1000;
      this.load = this.drawLoad();
    }
  }

  private drawLoad(): number {
    const angle = ((this.at % DAY_MS) / DAY_MS - RISE_HOUR / 24) * 2 * Math.PI;
    const luck = this.random.unit();
    if (luck < IDLE_SHARE) return 0;
    const factor = luck < IDLE_SHARE + RUSH_SHARE ? RUSH_FACTOR : 1;
    return factor * (1 + DAY_SWING * Math.sin(angle)) * gamma(this.random, NOISE_SHAPE);
  }
}
