/** An entry while its line is being read: pieces write into it, and what an alternative wrote is undone if it fails. */
import type { ByteString } from '../../domain/byte-string.js';
import type { EntryFields, EntryMetrics, Level, LogEntry } from '../../domain/log-entry.js';
import type { TextRole } from '../format.js';
import { CueMemo } from '../cue-memo.js';
import { findTextDuration } from '../text-duration.js';
import { isInRange } from './stamp-clock.js';

/** The name of the source of durations that were found in a message. */
export const MESSAGE_SOURCE = 'message';

/** Made once per parser, reset for every attempt at a line. */
export class EntryDraft {
  level: Level | null = null;
  status: number | null = null;
  bytes: number | null = null;
  durationUs: number | null = null;
  durationSource: string | null = null;
  /** Epoch ms, in or out of range; null without a stamp. */
  instantMs: number | null = null;
  /** Texts that were found, with their roles: the first `count` of both arrays. */
  private readonly roles: TextRole[] = [];
  private readonly texts: ByteString[] = [];
  private count = 0;
  private readonly cues = new CueMemo();

  reset(): void {
    this.level = null;
    this.status = null;
    this.bytes = null;
    this.durationUs = null;
    this.durationSource = null;
    this.instantMs = null;
    this.count = 0;
  }

  capture(role: TextRole, text: ByteString): void {
    this.roles[this.count] = role;
    this.texts[this.count] = text;
    this.count += 1;
  }

  setDuration(durationUs: number, source: string): void {
    this.durationUs = durationUs;
    this.durationSource = source;
  }

  /** A point to which `rollback` returns the texts. Numbers, level and stamp stand in pieces that cannot be undone. */
  mark(): number {
    return this.count;
  }

  rollback(mark: number): void {
    this.count = mark;
  }

  /** The entry of a line that `format` accepted. */
  finish(format: string): LogEntry {
    const fields: EntryFields = {};
    let message: ByteString = '';
    for (let index = 0; index < this.count; index += 1) {
      const role = this.roles[index] ?? 'message';
      const text = this.texts[index] ?? '';
      if (role === 'message') message = text;
      else fields[role] = text;
    }
    if (this.durationUs === null && message !== '') this.durationOf(message);
    const isOutOfRange = this.instantMs !== null && !isInRange(this.instantMs);
    return {
      format,
      timestamp: isOutOfRange ? null : this.instantMs,
      isOutOfRange,
      level: this.level,
      message,
      durationSource: this.durationSource,
      metrics: this.metrics(),
      fields,
    };
  }

  private durationOf(message: ByteString): void {
    const durationUs = findTextDuration(message, 0, this.cues);
    if (durationUs !== null) this.setDuration(durationUs, MESSAGE_SOURCE);
  }

  private metrics(): EntryMetrics {
    const metrics: EntryMetrics = {};
    if (this.durationUs !== null) metrics.durationUs = this.durationUs;
    if (this.status !== null) metrics.status = this.status;
    if (this.bytes !== null) metrics.bytes = this.bytes;
    return metrics;
  }
}
