/** The windows of event time that are open, and the last that were closed: a machine each, moved by commits and the clock. */
import { advanced, type Frontier, type FrontierOptions, NO_FRONTIER } from '../domain/live/frontier.js';
import { ALLOWED_LATENESS_MS, FUTURE_MS } from '../domain/live/punctuality.js';
import { type Standing, standingOf, step } from './standing.js';
import { type WindowEmitted, type WindowEvent, type WindowFigures, windowMachine } from './window-machine.js';

/** Closed windows that are kept, so that their corrections are counted. */
export const KEPT_CLOSED = 100;
const VERSION = 1;

/** What a commit added to one window of the watched width; several for one window are added up. */
export interface CommittedCell extends WindowFigures {
  /** Epoch ms, a multiple of the width. */
  readonly startMs: number;
}

type WindowStanding = Standing<typeof windowMachine>;

/** All begin alike: to ask the machine for each would cost as much as two events. */
const OPEN: WindowStanding = standingOf(windowMachine, { startAt: 0, endAt: 0 });

/** A window as it is shown. */
export type WatchedWindow = WindowStanding;

/** As it is saved; `windows` in the order of time. */
interface Saved extends FrontierOptions {
  readonly version: number;
  readonly frontier: Frontier;
  readonly windows: readonly (readonly [number, WindowStanding['state'], number, number, number, number])[];
}

export class WindowWatch {
  readonly #options: FrontierOptions;
  #frontier: Frontier = NO_FRONTIER;
  /** By start, not in order. */
  #windows = new Map<number, WindowStanding>();

  /** `saved` is what `save` made; '' begins anew, as does what was saved by another version or of another width. */
  constructor(options: Partial<FrontierOptions> = {}, saved = '') {
    this.#options = { widthMs: 10_000, allowedLatenessMs: ALLOWED_LATENESS_MS, idleMs: 30_000, ...options };
    if (saved !== '') this.#restore(JSON.parse(saved) as Saved); // as it was written, or of another version
  }

  /** All windows that end at it or before are closed, those without lines too; epoch ms, null before the first line. */
  get closedThrough(): number | null {
    return this.#frontier.closedThrough;
  }

  /** Those that are not closed and the last that were, in the order of time. */
  windows(): readonly WatchedWindow[] {
    return [...this.#windows.values()].sort((a, b) => a.context.startAt - b.context.startAt);
  }

  /**
   * Takes what a commit added; `newestAt` is the newest event time in it, null where no line stated one. Windows of the future
   * are passed over. Corrections come before what is closed, and that in the order of time.
   */
  committed(cells: readonly CommittedCell[], newestAt: number | null, now: number): readonly WindowEmitted[] {
    const present = cells.filter(({ startMs }) => startMs <= now + FUTURE_MS);
    const corrected = [...addedUp(present)].flatMap(([startAt, figures]) => this.#count(startAt, figures));
    const isSane = newestAt !== null && newestAt <= now + FUTURE_MS;
    const newest = isSane ? newestAt : newestStart(present);
    return [...corrected, ...this.#advance(newest, now)];
  }

  /** Tells the time, each second: a silent log closes its windows too. */
  tick(now: number): readonly WindowEmitted[] {
    return this.#advance(null, now);
  }

  /** Small JSON, some 30 bytes for a window. */
  save(): string {
    const windows = this.windows().map(({ state, context }): Saved['windows'][number] => {
      const { startAt, lines, requests, errors, corrections } = context;
      return [startAt, state, lines, requests, errors, corrections];
    });
    const saved: Saved = { version: VERSION, ...this.#options, frontier: this.#frontier, windows };
    return JSON.stringify(saved);
  }

  #restore({ version, widthMs, frontier, windows }: Saved): void {
    if (version !== VERSION || widthMs !== this.#options.widthMs) return;
    this.#frontier = frontier;
    for (const [startAt, state, lines, requests, errors, corrections] of windows) {
      const context = { startAt, endAt: startAt + widthMs, lines, requests, errors, corrections };
      this.#windows.set(startAt, { state, context });
    }
  }

  #count(startAt: number, figures: WindowFigures): readonly WindowEmitted[] {
    const endAt = startAt + this.#options.widthMs;
    const isKept = this.#windows.has(startAt);
    if (!isKept && this.closedThrough !== null && endAt <= this.closedThrough) {
      return [{ type: 'window.corrected', startAt, endAt, ...figures }]; // too old to be kept, or was empty
    }
    if (!isKept) this.#windows.set(startAt, { ...OPEN, context: { ...OPEN.context, startAt, endAt } });
    return this.#send(startAt, { type: 'window.counted', ...figures });
  }

  #advance(newestAt: number | null, now: number): readonly WindowEmitted[] {
    this.#frontier = advanced(this.#frontier, newestAt, now, this.#options);
    const { watermark, closedThrough } = this.#frontier;
    if (watermark === null || closedThrough === null) return [];
    const due = this.windows().filter(({ state, context }) => {
      const isOver = context.endAt <= closedThrough;
      return state === 'open' ? isOver || context.endAt <= watermark : state === 'closing' && isOver;
    });
    const emitted = due.flatMap(({ context }) =>
      this.#send(context.startAt, { type: 'time.passed', watermark, closedThrough }),
    );
    if (due.length > 0) this.#forgetOld();
    return emitted;
  }

  #send(startAt: number, event: WindowEvent): readonly WindowEmitted[] {
    const before = this.#windows.get(startAt);
    if (before === undefined) return [];
    const { standing, emitted } = step(windowMachine, before, event);
    this.#windows.set(startAt, standing);
    return emitted;
  }

  #forgetOld(): void {
    const closed = this.windows().filter(({ state }) => state === 'closed');
    for (const { context } of closed.slice(0, -KEPT_CLOSED)) this.#windows.delete(context.startAt);
  }
}

function newestStart(cells: readonly CommittedCell[]): number | null {
  return cells.reduce<number | null>((newest, { startMs }) => Math.max(newest ?? startMs, startMs), null);
}

function addedUp(cells: readonly CommittedCell[]): ReadonlyMap<number, WindowFigures> {
  const sums = new Map<number, WindowFigures>();
  for (const { startMs, lines, requests, errors } of cells) {
    const sum = sums.get(startMs) ?? { lines: 0, requests: 0, errors: 0 };
    const added = { lines: sum.lines + lines, requests: sum.requests + requests, errors: sum.errors + errors };
    sums.set(startMs, added);
  }
  return sums;
}
