/** Collects the values of a line of keys: each goes to its role, the key of least rank wins. */
import type { ByteString } from '../../domain/byte-string.js';
import { assertNever } from '../../domain/assert-never.js';
import type { EntryFields, Level } from '../../domain/log-entry.js';
import { microsecondsOf, microsecondsOfText } from '../duration-value.js';
import { KEY_ROLES, type RankedRole } from '../field-keys.js';
import { levelOfLetter, levelOfNumber, levelOfWord } from '../levels.js';
import { withoutColours } from './colours.js';
import type { EntryDraft } from './entry-draft.js';
import { captureRequest, captureTarget } from './read-access.js';
import type { StampSink } from './stamp-sink.js';

/** A value as it stands in the line. */
export interface RawValue {
  /** Without quotes and with its escapes undone. */
  readonly text: ByteString;
  readonly isNumber: boolean;
}

interface Ranked<Value> {
  readonly value: Value;
  readonly rank: number;
}

/** A duration without unit, which only the whole line settles. */
interface BareDuration {
  readonly text: ByteString;
  readonly key: string;
}

const INTEGER = /^\d{1,15}$/;
const VERSION = 'HTTP/';

/** Made for one line. */
export class KeyedValues {
  private readonly sink: StampSink;
  private time: Ranked<number> | null = null;
  private timeKey = '';
  private isTimeNumber = false;
  private nanos: { readonly secondsKey: string; readonly millis: number } | null = null;
  private level: Ranked<Level> | null = null;
  private status: Ranked<number> | null = null;
  private bytes: Ranked<number> | null = null;
  private target: Ranked<ByteString> | null = null;
  private request: Ranked<ByteString> | null = null;
  private duration: Ranked<{ readonly us: number; readonly key: string }> | null = null;
  private bare: Ranked<BareDuration> | null = null;
  private message: Ranked<ByteString> | null = null;
  private readonly texts = new Map<keyof EntryFields, Ranked<ByteString>>();

  constructor(sink: StampSink) {
    this.sink = sink;
  }

  /** Takes the value of a key without escapes, if the key is known and the value is one that its role can have. */
  add(key: string, value: RawValue): void {
    const role = KEY_ROLES.get(key);
    if (role === undefined || value.text === '') return;
    switch (role.role) {
      case 'time':
        return this.addTime(key, value, role);
      case 'nanos':
        if (INTEGER.test(value.text)) this.nanos = { secondsKey: role.secondsKey, millis: millisOf(value.text) };
        return;
      case 'level':
        this.level = better(this.level, levelOf(value, role.hasNumbers), role);
        return;
      case 'status':
        this.status = better(this.status, statusOf(value), role);
        return;
      case 'bytes':
        this.bytes = better(this.bytes, INTEGER.test(value.text) ? Number(value.text) : null, role);
        return;
      case 'duration':
        return this.addDuration(key, value, role);
      case 'target':
        this.target = better(this.target, value.isNumber ? null : value.text, role);
        return;
      case 'request':
        this.request = better(this.request, value.text, role);
        return;
      case 'message':
        this.message = better(this.message, value.text, role);
        return;
      case 'text':
        return this.addText(role.field, value.text, role);
      default:
        return assertNever(role);
    }
  }

  /** Writes all of it into the draft; false where no key told what the line is about. */
  finish(draft: EntryDraft): boolean {
    const { level, status, bytes, target, request, message } = this;
    const instantMs = this.instantMs();
    const duration = this.settledDuration();
    if (instantMs === null && level === null && message === null && status === null && duration === null) return false;
    draft.instantMs = instantMs;
    draft.level = level?.value ?? (this.timeKey === '@t' ? 'INFO' : null); // CLEF: no level means Information
    draft.status = status?.value ?? null;
    draft.bytes = bytes?.value ?? null;
    if (duration !== null) draft.setDuration(duration.us, duration.key);
    if (target !== null) captureTarget(target.value, draft);
    else if (request !== null) captureRequest(request.value, 0, request.value.length, draft);
    if (message !== null) draft.capture('message', message.value);
    for (const [field, { value }] of this.texts) if (value !== '-') draft.capture(field, value);
    return true;
  }

  private instantMs(): number | null {
    const { time, nanos, timeKey } = this;
    if (time === null || nanos?.secondsKey !== timeKey) return time?.value ?? null;
    return time.value + nanos.millis;
  }

  private addText(field: keyof EntryFields, text: ByteString, role: RankedRole): void {
    const ranked = better(this.texts.get(field) ?? null, valueOf(field, text), role);
    if (ranked !== null) this.texts.set(field, ranked);
  }

  private addTime(key: string, value: RawValue, role: RankedRole): void {
    const before = this.time;
    this.time = better(before, this.sink.instantOfValue(value.text), role);
    if (this.time === before) return;
    this.timeKey = key;
    this.isTimeNumber = value.isNumber;
  }

  private addDuration(key: string, value: RawValue, role: RankedRole & { readonly role: 'duration' }): void {
    const withUnit = microsecondsOfText(value.text);
    const us = withUnit ?? (role.unit === null ? null : microsecondsOf(value.text, role.unit));
    if (us !== null) this.duration = better(this.duration, { us, key }, role);
    else if (role.unit === null && microsecondsOf(value.text, 'ms') !== null)
      this.bare = better(this.bare, { text: value.text, key }, role);
  }

  /** A bare number is seconds where zap wrote the line (its `ts` is a number), as zap documents; else milliseconds. */
  private settledDuration(): { readonly us: number; readonly key: string } | null {
    const { duration, bare } = this;
    if (bare === null || (duration !== null && duration.rank <= bare.rank)) return duration?.value ?? null;
    const us = microsecondsOf(bare.value.text, this.timeKey === 'ts' && this.isTimeNumber ? 's' : 'ms');
    return us === null ? (duration?.value ?? null) : { us, key: bare.value.key };
  }
}

/** Of equal rank the later one wins: a key that stands twice. */
function better<Value>(known: Ranked<Value> | null, value: Value | null, { rank }: RankedRole): Ranked<Value> | null {
  if (value === null || (known !== null && known.rank < rank)) return known;
  return { value, rank };
}

function levelOf({ text }: RawValue, hasNumbers: boolean): Level | null {
  if (INTEGER.test(text)) return hasNumbers ? levelOfNumber(Number(text)) : null;
  if (/^[A-Z][1-5]?$/.test(text)) return levelOfLetter(text.charAt(0)); // `D2`: MongoDB
  return levelOfWord(text) ?? levelOfWord(withoutColours(text).replace(STEPS, '').trim());
}

/** `HTTP/1.1` without its name; of a client behind proxies the first address, as in access logs. */
function valueOf(field: keyof EntryFields, text: ByteString): ByteString {
  if (field === 'httpVersion' && text.startsWith(VERSION)) return text.slice(VERSION.length);
  if (field !== 'clientIp') return text;
  const comma = text.indexOf(',');
  return comma < 0 ? text : text.slice(0, comma);
}

/** `INFO+2`: steps between the levels. Source: Go, `log/slog`. */
const STEPS = /[+-]\d{1,4}$/;

/** Whole milliseconds of a number of nanoseconds. */
function millisOf(nanos: string): number {
  return Math.min(999, Math.floor(Number(nanos) / 1_000_000));
}

function statusOf({ text }: RawValue): number | null {
  return /^[1-9]\d\d$/.test(text) ? Number(text) : null;
}
