/** One rule over windows in the order of time: a machine for each key, fed with the value over the span before it. */
import { type Actor, createActor } from 'xstate';
import { type AlertRule, judge, METRICS } from '../domain/alerts/alert-rule.js';
import type { AlertWindow, Figures } from '../domain/alerts/alert-window.js';
import { valueOf } from '../domain/alerts/value-of.js';
import type { ByteString } from '../domain/byte-string.js';
import { type AlertEmitted, alertMachine, dueAt, isIdle, type WindowClosed } from './alert-machine.js';

/** Keys that a rule watches at once; more are refused, and that is counted. */
export const MAX_KEYS_PER_RULE = 1000;

/** Tells what an alert emitted, and the key that it is of; null for a rule over all lines. */
export type OnAlert = (rule: AlertRule, key: ByteString | null, event: AlertEmitted) => void;

/** One key of a rule. Made when the key is first seen, gone when it has no lines any more and nothing is wrong. */
interface KeyWatch {
  /** Number of the window in which it was first seen. */
  readonly firstIndex: number;
  readonly alert: Actor<typeof alertMachine>;
  /** Figures of the span, with the numbers of their windows, the oldest first. */
  recent: { readonly index: number; readonly figures: Figures }[];
}

/** An alert that fires. */
export interface FiringAlert {
  readonly rule: AlertRule;
  readonly key: ByteString | null;
  readonly since: number;
  readonly firedAt: number;
  readonly worst: number | null;
  readonly worstAt: number | null;
}

/** Made by an `AlertWatch` for each of its rules. */
export class RuleWatch {
  readonly rule: AlertRule;
  /** Windows that the span takes up, whole: at least one. */
  readonly spanWindows: number;
  readonly #widthMs: number;
  readonly #maxKeys: number;
  readonly #onAlert: OnAlert;
  readonly #keys = new Map<ByteString | null, KeyWatch>();
  #refused = 0;

  constructor(rule: AlertRule, widthMs: number, onAlert: OnAlert, maxKeys = MAX_KEYS_PER_RULE) {
    this.rule = rule;
    this.spanWindows = Math.max(1, Math.ceil((rule.spanMs ?? 0) / widthMs));
    this.#widthMs = widthMs;
    this.#maxKeys = maxKeys;
    this.#onAlert = onAlert;
  }

  /** How often a key was in a window and was not judged, since as many as are watched at once were known. */
  get refused(): number {
    return this.#refused;
  }

  /** Closes the window of a number that is larger than the last; `window` is null where it holds no line. */
  close(index: number, window: AlertWindow | null): void {
    if (window !== null) this.#collect(index, window);
    for (const [key, watch] of this.#keys) this.#judge(index, key, watch);
  }

  /** When an alert changes its state if all windows from now on are as empty as the last, epoch ms; null for never. */
  dueAt(): number | null {
    let due: number | null = null;
    for (const { alert } of this.#keys.values()) {
      const { value, context } = alert.getSnapshot();
      const at = dueAt(value, context);
      if (at !== null && (due === null || at < due)) due = at;
    }
    return due;
  }

  /** The alerts that fire now. */
  firing(): readonly FiringAlert[] {
    return [...this.#keys].flatMap(([key, { alert }]) => {
      const { heldSince, firedAt, worst, worstAt } = alert.getSnapshot().context;
      return firedAt === null ? [] : [{ rule: this.rule, key, since: heldSince ?? firedAt, firedAt, worst, worstAt }];
    });
  }

  #collect(index: number, { all, keys }: AlertWindow): void {
    if (this.rule.by === null) {
      this.#watchOf(null, index)?.recent.push({ index, figures: all });
      return;
    }
    for (const [key, figures] of keys.get(this.rule.by) ?? []) {
      const watch = this.#watchOf(key, index);
      if (watch === null) this.#refused += 1;
      else watch.recent.push({ index, figures });
    }
  }

  #watchOf(key: ByteString | null, index: number): KeyWatch | null {
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    if (this.#keys.size >= this.#maxKeys) return null;
    const { forMs, clearForMs, bound } = this.rule;
    const alert = createActor(alertMachine, { input: { forMs, clearForMs, isAbove: bound.isAbove } });
    alert.on('*', (event) => this.#onAlert(this.rule, key, event));
    alert.start();
    const watch: KeyWatch = { firstIndex: index, alert, recent: [] };
    this.#keys.set(key, watch);
    return watch;
  }

  #judge(index: number, key: ByteString | null, watch: KeyWatch): void {
    const oldest = index - this.spanWindows + 1;
    if ((watch.recent[0]?.index ?? index) < oldest) watch.recent = watch.recent.filter((part) => part.index >= oldest);
    const value = this.#isKnown(index, watch) ? this.#value(watch) : null;
    const startAt = index * this.#widthMs;
    const endAt = startAt + this.#widthMs;
    const event: WindowClosed = { type: 'window.closed', startAt, endAt, value, ...judge(this.rule, value) };
    const { value: state, context } = watch.alert.getSnapshot();
    if (!isIdle(state, context, event)) watch.alert.send(event);
    if (key !== null && this.#isOver(watch)) this.#forget(key, watch);
  }

  /** Whoever waits for few must have seen a whole span: before a log begins there is nothing. */
  #isKnown(index: number, { firstIndex }: KeyWatch): boolean {
    return this.rule.bound.isAbove || !METRICS[this.rule.metric].isCount || index - firstIndex + 1 >= this.spanWindows;
  }

  #value({ recent }: KeyWatch): number | null {
    const figures = recent.map((part) => part.figures);
    return valueOf(this.rule.metric, figures, this.spanWindows * this.#widthMs);
  }

  /** Nothing can come of a key without lines whose alert is ok; one that is missed is pending or fires. */
  #isOver({ recent, alert }: KeyWatch): boolean {
    return recent.length === 0 && alert.getSnapshot().value === 'ok';
  }

  #forget(key: ByteString, { alert }: KeyWatch): void {
    alert.stop();
    this.#keys.delete(key);
  }
}
