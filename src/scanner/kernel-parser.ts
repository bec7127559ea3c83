/** Parses single lines with the kernel: the twin of the reference parser, for tests and for whoever compares the two. */
import { type ByteString, byteStringOf } from '../domain/byte-string.js';
import {
  type EntryFields,
  type EntryMetrics,
  LEVELS,
  type LogEntry,
  MAX_TIMESTAMP_MS,
  REJECTION_REASONS,
} from '../domain/log-entry.js';
import type { FilePlan } from '../domain/plan.js';
import { MAX_LINE_BYTES } from '../parsers/line-limits.js';
import type { LineParser, Rejection } from '../parsers/parse-line.js';
import { compileProgram } from '../parsers/program/compile-program.js';
import { DURATION_SOURCES } from '../parsers/program/duration-sources.js';
import { TEXT_ROLES } from '../parsers/program/text-roles.js';
import { type Kernel, type KernelPlan, startKernel } from './kernel.js';
import * as layout from './layout.js';
import type { WasmModule } from './web-assembly.js';

/** Added to reasons, so that they are below every number of a format. */
const REJECTED = -100;
/** Bytes behind a line that the kernel may read. */
const SLACK_BYTES = 64;

/** Makes a parser of lines of at most `MAX_LINE_BYTES` bytes. */
export function createKernelParser(module: WasmModule, plan: KernelPlan & Pick<FilePlan, 'formats'>): LineParser {
  return new KernelParser(startKernel({ module, program: compileProgram(plan.formats) }, plan));
}

class KernelParser implements LineParser {
  private readonly kernel: Kernel;
  private readonly bufferAt: number;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.bufferAt = kernel.exports.reserveBuffer(MAX_LINE_BYTES + SLACK_BYTES);
  }

  parse(line: ByteString): LogEntry | Rejection {
    const { exports, formats } = this.kernel;
    const memory = new Uint8Array(exports.memory.buffer, this.bufferAt);
    for (let index = 0; index < line.length; index += 1) memory[index] = line.charCodeAt(index);
    const number = exports.parse(this.bufferAt, this.bufferAt + line.length);
    const format = formats[number];
    if (format === undefined) return { reason: REJECTION_REASONS[number - REJECTED] ?? 'no timestamp' };
    return this.entry(format, new DataView(exports.memory.buffer, exports.entryAt()));
  }

  private entry(format: string, view: DataView): LogEntry {
    const instantMs = view.getFloat64(layout.ENTRY_INSTANT, true);
    const isOutOfRange = instantMs < 0 || instantMs > MAX_TIMESTAMP_MS;
    const { message = '', ...fields } = this.texts(view);
    const metrics = metricsOf(view);
    const source = metrics.durationUs === undefined ? null : view.getInt32(layout.ENTRY_SOURCE, true);
    return {
      format,
      timestamp: Number.isNaN(instantMs) || isOutOfRange ? null : instantMs,
      isOutOfRange,
      level: LEVELS[view.getInt32(layout.ENTRY_LEVEL, true)] ?? null,
      message,
      durationSource: source === null ? null : (DURATION_SOURCES[source] ?? null),
      metrics,
      fields,
    };
  }

  private texts(view: DataView): EntryFields & { message?: ByteString } {
    const memory = new Uint8Array(this.kernel.exports.memory.buffer);
    const texts: EntryFields & { message?: ByteString } = {};
    TEXT_ROLES.forEach((role, number) => {
      const at = view.getUint32(layout.ENTRY_TEXTS + 8 * number, true);
      const length = view.getInt32(layout.ENTRY_TEXTS + 8 * number + 4, true);
      if (length >= 0) texts[role] = byteStringOf(memory.subarray(at, at + length));
    });
    return texts;
  }
}

function metricsOf(view: DataView): EntryMetrics {
  const metrics: EntryMetrics = {};
  const durationUs = view.getFloat64(layout.ENTRY_DURATION, true);
  const status = view.getInt32(layout.ENTRY_STATUS, true);
  const bytes = view.getFloat64(layout.ENTRY_BYTES, true);
  if (durationUs >= 0) metrics.durationUs = durationUs;
  if (status > 0) metrics.status = status;
  if (bytes >= 0) metrics.bytes = bytes;
  return metrics;
}
