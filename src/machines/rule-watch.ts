/** One rule over windows in the order of time: a machine for each key, fed with the value over the span before it. */
import { type AlertRule, judge, METRICS } from '../domain/alerts/alert-rule.js';
import type { AlertWindow, Figures } from '../domain/alerts/alert-window.js';
import { valueOf } from '../domain/alerts/value-of.js';
import type { ByteString } from '../domain/byte-string.js';
import {
  type AlertContext,
  type AlertEmitted,
  alertMachine,
  type AlertState,
  dueAt,
  isIdle,
  type WindowClosed,
} from './alert-machine.js';
import { type Standing, standingOf, step } from './standing.js';

/** Keys that a rule watches at once; more are refused, and that is counted. */
export const MAX_KEYS_PER_RULE = 1000;

/** Tells what an alert emitted, and the key that it is of; null for a rule over all lines. */
export type OnAlert = (rule: AlertRule, key: ByteString | null, event: AlertEmitted) => void;

/** One key of a rule. Made when the key is first seen, gone when it has no lines any more and nothing is wrong. */
interface KeyWatch {
  /** Number of the window in which it was first seen. */
  readonly firstIndex: number;
  alert: Standing<typeof alertMachine>;
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

/** A key as it is saved, without its figures; what follows the first window is left out where its alert is ok. */
type SavedKey = readonly [
  key: ByteString | null,
  firstIndex: number,
  state?: AlertState,
  remembered?: Pick<AlertContext, 'heldSince' | 'firedAt' | 'clearSince' | 'worst' | 'worstAt'>,
];

/** A rule as it is saved; one that is written otherwise is another rule. */
export interface SavedRule {
  readonly name: string;
  readonly text: string;
  readonly refused: number;
  /** In the order in which they are judged. */
  readonly keys: readonly SavedKey[];
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
      const at = dueAt(alert.state, alert.context);
      if (at !== null && (due === null || at < due)) due = at;
    }
    return due;
  }

  /** The alerts that fire now. */
  firing(): readonly FiringAlert[] {
    return [...this.#keys].flatMap(([key, { alert }]) => {
      const { heldSince, firedAt, worst, worstAt } = alert.context;
      return firedAt === null ? [] : [{ rule: this.rule, key, since: heldSince ?? firedAt, firedAt, worst, worstAt }];
    });
  }

  /** Takes the figures of a window within the span anew; whoever was not watched then is not watched for them. */
  refill(index: number, { all, keys }: AlertWindow): void {
    const figuresBy = this.rule.by === null ? new Map([[null, all]]) : keys.get(this.rule.by);
    for (const [key, figures] of figuresBy ?? []) {
      const watch = this.#keys.get(key);
      if (watch === undefined || index < watch.firstIndex) continue;
      const others = watch.recent.filter((part) => part.index !== index);
      watch.recent = [...others, { index, figures }].sort((a, b) => a.index - b.index);
    }
  }

  save(): SavedRule {
    const { name, text } = this.rule;
    const keys = [...this.#keys].map(
      ([
        key,
        {
          firstIndex,
          alert: { state, context },
        },
      ]): SavedKey => {
        if (state === 'ok') return [key, firstIndex];
        const { heldSince, firedAt, clearSince, worst, worstAt } = context;
        return [key, firstIndex, state, { heldSince, firedAt, clearSince, worst, worstAt }];
      },
    );
    return { name, text, refused: this.#refused, keys };
  }

  /** Goes on where the same rule was saved; the figures of the span come by `refill`. */
  restore({ refused, keys }: SavedRule): void {
    this.#refused = refused;
    for (const [key, firstIndex, state = 'ok', remembered] of keys) {
      const { context } = this.#newAlert();
      this.#keys.set(key, { firstIndex, alert: { state, context: { ...context, ...remembered } }, recent: [] });
    }
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
    const watch: KeyWatch = { firstIndex: index, alert: this.#newAlert(), recent: [] };
    this.#keys.set(key, watch);
    return watch;
  }

  #newAlert(): Standing<typeof alertMachine> {
    const { forMs, clearForMs, bound } = this.rule;
    return standingOf(alertMachine, { forMs, clearForMs, isAbove: bound.isAbove });
  }

  #send(key: ByteString | null, watch: KeyWatch, event: WindowClosed): void {
    const { standing, emitted } = step(alertMachine, watch.alert, event);
    watch.alert = standing;
    for (const one of emitted) this.#onAlert(this.rule, key, one);
  }

  #judge(index: number, key: ByteString | null, watch: KeyWatch): void {
    const oldest = index - this.spanWindows + 1;
    if ((watch.recent[0]?.index ?? index) < oldest) watch.recent = watch.recent.filter((part) => part.index >= oldest);
    const value = this.#isKnown(index, watch) ? this.#value(watch) : null;
    const startAt = index * this.#widthMs;
    const endAt = startAt + this.#widthMs;
    const event: WindowClosed = { type: 'window.closed', startAt, endAt, value, ...judge(this.rule, value) };
    if (!isIdle(watch.alert.state, watch.alert.context, event)) this.#send(key, watch, event);
    if (key !== null && this.#isOver(watch)) this.#keys.delete(key);
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
    return recent.length === 0 && alert.state === 'ok';
  }
}
