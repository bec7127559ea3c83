import type { Level } from '../domain/log-entry.js';
import { AliasTable } from './alias-table.js';
import { drawBytes, drawDurationUs, drawStatus } from './answers.js';
import { Arrivals } from './arrivals.js';
import type { GenerateOptions } from './options.js';
import type { Random } from './random.js';
import { makeRoutes, type Route, type RouteMap } from './routes.js';
import { NOTES, SERVICES } from './services.js';
import { blankEvent, type TrafficEvent, US_PER_TICK } from './traffic-event.js';
import { Troubles } from './troubles.js';

/** Several processes write one log: one line in eight is older than the one before it, by up to 63 ms. */
const LATE_LINES_BITS = 3;
const LATE_MS_BITS = 6;
/** Of the lines of a log with a flood, this share takes a new path and a new client, while there are new ones. */
const FLOOD_SHARE = 0.9;
const METHODS: readonly (readonly [method: string, weight: number])[] = [
  ['GET', 955],
  ['POST', 25],
  ['HEAD', 8],
  ['PUT', 6],
  ['DELETE', 3],
  ['OPTIONS', 3],
];
const METHOD_TABLE = new AliasTable(METHODS.map(([, weight]) => weight));
const NOTE_TABLE = new AliasTable(NOTES.map(({ weight }) => weight));

/** What a format wants to know of the traffic. */
export interface Wanted {
  /** Share of the lines that tell of no request. */
  readonly noteShare: number;
  /** Durations are whole multiples of so many ticks. */
  readonly ticks: number;
}

/**
 * The traffic of a make-believe shop, line by line in the order in which lines are written: that is when a request ends.
 * Its start is its end less its duration, so what a log stamps with the start is out of order by just that.
 */
export class Traffic {
  readonly map: RouteMap;
  /** The line at hand: what `next` filled last. */
  readonly event: TrafficEvent = blankEvent();
  private readonly options: GenerateOptions;
  private readonly random: Random;
  private readonly arrivals: Arrivals;
  private readonly troubles: Troubles;
  private readonly table: AliasTable;
  private flooded = 0;

  constructor(options: GenerateOptions, random: Random) {
    this.options = options;
    this.random = random;
    this.map = makeRoutes(options, random);
    this.table = new AliasTable(this.map.routes.map(({ weight }) => weight));
    this.arrivals = new Arrivals(random, options.startAt, options.rate);
    this.troubles = new Troubles(options.errors, random, () => this.table.draw(random));
  }

  /** Draws the next line. */
  next({ noteShare, ticks }: Wanted): void {
    const { event, random } = this;
    const at = this.arrivals.next();
    this.troubles.advance(at);
    const isLate = random.bits(LATE_LINES_BITS) === 0;
    event.endAt = Math.floor(at) - (isLate ? random.bits(LATE_MS_BITS) : 0);
    event.garbage = null;
    event.filler = 0;
    event.hasQuotes = false;
    event.hasBrokenText = false;
    if (noteShare > 0 && random.unit() < noteShare) this.drawNote();
    else this.drawRequest(ticks);
  }

  private drawNote(): void {
    const { event, random } = this;
    const note = NOTES[NOTE_TABLE.draw(random)] ?? null;
    event.route = null;
    event.note = note;
    event.level = note?.level ?? 'INFO';
    event.number = random.skewed(note?.limit ?? 1, 3);
    event.service = random.below(SERVICES.length);
    event.client = 0;
  }

  private drawRequest(ticks: number): void {
    const { event, random, troubles } = this;
    const index = this.drawTarget();
    const route = this.map.routes[index] ?? this.map.flood;
    event.note = null;
    event.service = route.service;
    event.method = METHODS[METHOD_TABLE.draw(random)]?.[0] ?? 'GET';
    event.status = drawStatus(random, route, event.method, troubles.errorShareOf(index));
    event.level = levelOf(event.status);
    event.bytes = drawBytes(random, event);
    const slowness = troubles.slownessOf(index) * this.slownessOfLoad();
    const durationUs = drawDurationUs(random, route, event.status, slowness);
    event.ticks = Math.max(1, Math.round(durationUs / (US_PER_TICK * ticks))) * ticks;
    event.query = random.bits(20);
    event.referrer = random.bits(3);
    event.proxies = random.bits(6) === 0 ? 1 + random.bits(1) : 0;
  }

  /** Draws route, path and client; returns the position of the route. */
  private drawTarget(): number {
    const { event, random, map, options } = this;
    if (this.flooded < options.distinct && random.unit() < FLOOD_SHARE) {
      event.route = map.flood;
      event.number = this.flooded;
      event.client = this.flooded;
      this.flooded += 1;
      return map.routes.length - 1;
    }
    const index = this.table.draw(random);
    const route: Route = map.routes[index] ?? map.flood;
    event.route = route;
    event.number = route.paths === 1 ? 0 : random.skewed(route.paths, 3);
    event.client = random.skewed(options.clients, 4);
    return index;
  }

  /** Where more is asked, all is a little slower. */
  private slownessOfLoad(): number {
    return 0.75 + 0.25 * this.arrivals.load;
  }
}

function levelOf(status: number): Level {
  if (status >= 500) return 'ERROR';
  return status >= 400 ? 'WARN' : 'INFO';
}
