import { byteStringOf } from '../domain/byte-string.js';
import { Counters } from '../domain/counters.js';
import { Tally } from '../domain/tally.js';
import type { Dirt, LineClass } from './dirt.js';
import { ExactCounts } from './exact-counts.js';
import type { LineFormat } from './formats/line-format.js';
import { distinctOf, durationsOf, KeyCounts, reportKeys, topOf } from './key-counts.js';
import { putClient, putPath } from './key-writer.js';
import { LineBlock } from './line-block.js';
import type { GenerateOptions } from './options.js';
import type { Route, RouteMap } from './routes.js';
import { SERVICES } from './services.js';
import { NO_BYTES, type TrafficEvent } from './traffic-event.js';
import { TrueWindows } from './true-windows.js';
import type { TruthReport } from './truth-report.js';

const TOP_KEYS = 20;
const STATUS_CODES = 1000;
const MAX_KEY_BYTES = 256;

/**
 * Counts what a generator writes, from what it meant, never from the bytes. Memory: 4 bytes for each path and client
 * that may occur, up to 128 KiB for the durations of a route.
 */
export class Truth {
  /** Bytes that were counted, newlines included. */
  bytes = 0;
  lines = 0;
  private readonly classes: Record<LineClass, number> = { entry: 0, malformed: 0, empty: 0, oversize: 0 };
  private nulBytes = 0;
  private requests = 0;
  private errors = 0;
  private trafficBytes = 0;
  private readonly dirt = new Tally();
  private readonly formats = new Tally();
  private readonly levels = new Tally();
  private readonly methods = new Tally();
  private readonly statuses = new Counters(STATUS_CODES);
  private readonly durations = new ExactCounts();
  private readonly windows = new TrueWindows();
  private readonly routes: ReadonlyMap<Route, KeyCounts>;
  private readonly loggers = SERVICES.map(({ logger }) => new KeyCounts(logger));
  private readonly paths: Uint32Array;
  private readonly clients: Uint32Array;
  private readonly options: GenerateOptions;

  constructor(options: GenerateOptions, map: RouteMap) {
    this.options = options;
    this.routes = new Map(map.routes.map((route) => [route, new KeyCounts(route.template)]));
    this.paths = new Uint32Array(map.paths);
    this.clients = new Uint32Array(Math.max(options.clients, options.distinct));
  }

  /** Counts one line of `lengthBytes` with what stands before it. */
  addLine(lengthBytes: number, nulBytes: number, dirt: Dirt | null): void {
    this.bytes += lengthBytes;
    this.lines += 1;
    this.nulBytes += nulBytes;
    this.classes[dirt?.lineClass ?? 'entry'] += 1;
    if (dirt !== null) this.dirt.add(dirt.name);
  }

  /** Counts what a line of `format` states: this event, at this instant. */
  addEntry(format: LineFormat, event: TrafficEvent, at: number): void {
    const { route, level } = event;
    const hasHttp = format.hasHttp && route !== null;
    const isLevelError = format.hasLevel && (level === 'ERROR' || level === 'FATAL');
    const isError = isLevelError || (hasHttp && event.status >= 500);
    const ticks = format.hasDuration && route !== null ? event.ticks : 0;
    this.formats.add(format.name);
    if (format.hasLevel) this.levels.add(level);
    if (route !== null) this.requests += 1;
    if (isError) this.errors += 1;
    if (ticks > 0) this.durations.add(ticks);
    if (hasHttp) this.addHttp(event, route, isError, ticks);
    const hasLogger = route === null ? format.loggerOf.notes : format.loggerOf.requests;
    if (hasLogger) this.loggers[event.service]?.add(isError, 0, ticks);
    this.windows.add(at, route !== null, isError, ticks > 0);
  }

  report(): TruthReport {
    const { classes, bytes, lines, nulBytes } = this;
    return {
      schema: 'millrace.truth/1',
      options: this.options,
      timezone: 'UTC',
      bytes,
      lines,
      parsed: classes.entry,
      malformed: classes.malformed,
      empty: classes.empty,
      oversize: classes.oversize,
      nulBytes,
      dirt: Object.fromEntries(this.dirt.entries()),
      formats: Object.fromEntries(this.formats.entries()),
      ...this.windows.span(),
      levels: Object.fromEntries(this.levels.entries()),
      status: Object.fromEntries(this.statuses.entries()),
      methods: Object.fromEntries(this.methods.entries()),
      requests: { total: this.requests },
      errors: { total: this.errors },
      traffic: { bytes: this.trafficBytes },
      durationMs: durationsOf(this.durations),
      routes: reportKeys(Array.from(this.routes.values())),
      loggers: reportKeys(this.loggers),
      top: {
        path: topOf(this.paths, TOP_KEYS, (number) => this.pathOf(number)),
        clientIp: topOf(this.clients, TOP_KEYS, (number) => textOf((block) => putClient(block, number))),
      },
      distinct: {
        path: distinctOf(this.paths),
        foldedPath: this.foldedPaths(),
        clientIp: distinctOf(this.clients),
      },
      windows: this.windows.report(),
    };
  }

  private addHttp(event: TrafficEvent, route: Route, isError: boolean, ticks: number): void {
    const bytes = event.bytes === NO_BYTES ? 0 : event.bytes;
    this.statuses.add(event.status);
    this.trafficBytes += bytes;
    this.clients[event.client] = (this.clients[event.client] ?? 0) + 1;
    if (event.garbage !== null) return; // no method, no path
    this.methods.add(event.method);
    const path = route.firstPath + event.number;
    this.paths[path] = (this.paths[path] ?? 0) + 1;
    this.routes.get(route)?.add(isError, bytes, ticks);
  }

  private pathOf(number: number): string {
    const routes = Array.from(this.routes.keys());
    const route = routes.findLast(({ firstPath, paths }) => firstPath <= number && number < firstPath + paths);
    return route === undefined ? '' : textOf((block) => putPath(block, route, number - route.firstPath));
  }

  /** Paths, where those of a template with numbers or UUIDs are one. */
  private foldedPaths(): number {
    return Array.from(this.routes).reduce((total, [{ id, firstPath, paths }, counts]) => {
      if (counts.isEmpty) return total;
      return total + (id === 'name' ? distinctOf(this.paths.subarray(firstPath, firstPath + paths)) : 1);
    }, 0);
  }
}

function textOf(put: (block: LineBlock) => void): string {
  const block = new LineBlock(MAX_KEY_BYTES);
  put(block);
  return byteStringOf(block.bytes.subarray(0, block.at));
}
