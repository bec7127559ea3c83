import type { AlertRule } from '../domain/alerts/alert-rule.js';
import type { AlertWindow } from '../domain/alerts/alert-window.js';
import { type FiringAlert, MAX_KEYS_PER_RULE, type OnAlert, RuleWatch, type SavedRule } from './rule-watch.js';

/** How windows are watched. */
export interface AlertWatchOptions {
  readonly rules: readonly AlertRule[];
  /** Width of all windows, ms. */
  readonly widthMs: number;
  readonly onAlert: OnAlert;
  /** Keys that a rule watches at once. */
  readonly maxKeys?: number;
  /** What `save` made: goes on from there, once it is refilled. '' begins anew, as do rules that are written otherwise. */
  readonly saved?: string;
}

const VERSION = 1;

interface Saved {
  readonly version: number;
  readonly widthMs: number;
  readonly lastIndex: number | null;
  readonly lastFullIndex: number;
  readonly rules: readonly SavedRule[];
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

  constructor({ rules, widthMs, onAlert, maxKeys = MAX_KEYS_PER_RULE, saved = '' }: AlertWatchOptions) {
    this.#widthMs = widthMs;
    this.#watches = rules.map((rule) => new RuleWatch(rule, widthMs, onAlert, maxKeys));
    this.#spanWindows = Math.max(1, ...this.#watches.map(({ spanWindows }) => spanWindows));
    if (saved !== '') this.#restore(JSON.parse(saved) as Saved); // of a sealed row
  }

  /** Number of the last window that was closed; null before the first. */
  get lastIndex(): number | null {
    return this.#lastIndex;
  }

  /** Numbers `[from, to)` of the closed windows of which rules still look at the figures: those to refill. */
  span(): { readonly from: number; readonly to: number } {
    const to = (this.#lastIndex ?? -1) + 1;
    return { from: to - this.#spanWindows, to };
  }

  /**
   * Takes the figures of closed windows as they are now: those of the whole span after a restart, those of one that was
   * corrected. What was judged stays as it is; what comes is judged by them. Windows outside the span change nothing.
   */
  refill(windows: readonly AlertWindow[]): void {
    const { from, to } = this.span();
    for (const window of windows) {
      if (this.#lastIndex === null || window.index < from || window.index >= to) continue;
      for (const watch of this.#watches) {
        if (window.index >= to - watch.spanWindows) watch.refill(window.index, window);
      }
      this.#lastFullIndex = Math.max(this.#lastFullIndex, window.index);
    }
  }

  /** How it stands as JSON, without the figures of windows: some bytes for each key that is watched. */
  save(): string {
    const rules = this.#watches.map((watch) => watch.save());
    const [lastIndex, lastFullIndex] = [this.#lastIndex, this.#lastFullIndex];
    const saved: Saved = { version: VERSION, widthMs: this.#widthMs, lastIndex, lastFullIndex, rules };
    return JSON.stringify(saved);
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

  #restore({ version, widthMs, lastIndex, lastFullIndex, rules }: Saved): void {
    if (version !== VERSION || widthMs !== this.#widthMs) return;
    this.#lastIndex = lastIndex;
    this.#lastFullIndex = lastFullIndex;
    for (const watch of this.#watches) {
      const same = rules.find(({ name, text }) => name === watch.rule.name && text === watch.rule.text);
      if (same !== undefined) watch.restore(same);
    }
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
