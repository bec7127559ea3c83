import type { AlertRule } from '../domain/alerts/alert-rule.js';
import type { AlertWindow } from '../domain/alerts/alert-window.js';
import { type FiringAlert, MAX_KEYS_PER_RULE, type OnAlert, RuleWatch } from './rule-watch.js';

/** How windows are watched. */
export interface AlertWatchOptions {
  readonly rules: readonly AlertRule[];
  /** Width of all windows, ms. */
  readonly widthMs: number;
  readonly onAlert: OnAlert;
  /** Keys that a rule watches at once. */
  readonly maxKeys?: number;
}

/**
 * Alert rules over the closed windows of one stream of time. Windows without lines need not be told of: they are closed when
 * the next one is, in its place in time, and at no cost where nothing can happen in them.
 */
export class AlertWatch {
  readonly #widthMs: number;
  readonly #watches: readonly RuleWatch[];
  readonly #spanWindows: number;
  #lastIndex: number | null = null;
  /** Number of the last window that held lines. */
  #lastFullIndex = 0;

  constructor({ rules, widthMs, onAlert, maxKeys = MAX_KEYS_PER_RULE }: AlertWatchOptions) {
    this.#widthMs = widthMs;
    this.#watches = rules.map((rule) => new RuleWatch(rule, widthMs, onAlert, maxKeys));
    this.#spanWindows = Math.max(1, ...this.#watches.map(({ spanWindows }) => spanWindows));
  }

  /** Closes a window, and the empty ones before it. Its number is larger than that of the last one. */
  close(window: AlertWindow): void {
    this.pass(window.index);
    this.#close(window.index, window);
    this.#lastFullIndex = window.index;
  }

  /** Closes the windows before number `end` that are not yet closed: no line came in them. */
  pass(end: number): void {
    while (this.#lastIndex !== null && this.#lastIndex + 1 < end) {
      const next = this.#nextIndex(this.#lastIndex);
      if (next === null || next >= end) this.#lastIndex = end - 1;
      else this.#close(next, null);
    }
  }

  /** The alerts that fire after the last window. */
  firing(): readonly FiringAlert[] {
    return this.#watches.flatMap((watch) => watch.firing());
  }

  /** By rule: how often a key was not judged, see `RuleWatch.refused`. */
  refused(): ReadonlyMap<AlertRule, number> {
    return new Map(this.#watches.map(({ rule, refused }) => [rule, refused]));
  }

  #close(index: number, window: AlertWindow | null): void {
    for (const watch of this.#watches) watch.close(index, window);
    this.#lastIndex = index;
  }

  /**
   * The next empty window after `index` in which something may happen. Once nothing is left in any span all windows are
   * alike, and only the deadlines of alerts count: a log may be silent for years.
   */
  #nextIndex(index: number): number | null {
    if (index - this.#lastFullIndex <= this.#spanWindows) return index + 1;
    const due = this.#watches.flatMap((watch) => watch.dueAt() ?? []);
    return due.length === 0 ? null : Math.max(index + 1, Math.ceil(Math.min(...due) / this.#widthMs) - 1);
  }
}
