import { AliasTable } from './alias-table.js';
import { DIRT, type Dirt, type DirtTools, MAX_WRITTEN_BYTES } from './dirt.js';
import { COMBINED, COMMON } from './formats/access.js';
import { JSON_LINES, LOGFMT } from './formats/keyed.js';
import type { LineFormat, Stamp } from './formats/line-format.js';
import { PLAIN, SYSLOG_3164, SYSLOG_5424 } from './formats/text.js';
import { LineBlock } from './line-block.js';
import { type GenerateOptions, MIXED_FORMATS, type WrittenFormat } from './options.js';
import { Random } from './random.js';
import { StampWriter } from './stamp-writer.js';
import { Traffic } from './traffic.js';
import { TICKS_PER_MS, type TrafficEvent } from './traffic-event.js';
import { Truth } from './truth.js';
import type { TruthReport } from './truth-report.js';

const FORMATS: Readonly<Record<WrittenFormat, LineFormat>> = {
  plain: PLAIN,
  common: COMMON,
  combined: COMBINED,
  json: JSON_LINES,
  logfmt: LOGFMT,
  syslog3164: SYSLOG_3164,
  syslog5424: SYSLOG_5424,
};

/** About so many bytes are handed out at a time. */
const BLOCK_BYTES = 1024 * 1024;
const NEWLINE = 10;

/** A format with the kinds of dirt that suit it. */
interface Written {
  readonly format: LineFormat;
  readonly dirt: readonly Dirt[];
  readonly table: AliasTable;
}

/**
 * Writes a log, block by block, and counts what it writes. Pure: equal options give equal bytes, and the size of the
 * blocks changes neither the bytes nor the truth.
 */
export class LogGenerator {
  private readonly options: GenerateOptions;
  private readonly blockBytes: number;
  private readonly block: LineBlock;
  private readonly random: Random;
  private readonly traffic: Traffic;
  private readonly truth: Truth;
  private readonly stamp: Stamp = { writer: new StampWriter(), at: 0 };
  private readonly formats: readonly Written[];
  private readonly tools: DirtTools;
  private isFull = false;

  constructor(options: GenerateOptions, blockBytes = BLOCK_BYTES) {
    this.options = options;
    this.blockBytes = blockBytes;
    this.block = new LineBlock(blockBytes + MAX_WRITTEN_BYTES);
    this.random = new Random(options.seed);
    this.traffic = new Traffic(options, this.random);
    this.truth = new Truth(options, this.traffic.map);
    const names = options.format === 'mixed' ? MIXED_FORMATS : [options.format];
    this.formats = names.map((name) => writtenOf(FORMATS[name]));
    const { block, random, stamp, traffic } = this;
    this.tools = { block, random, event: traffic.event, stamps: stamp.writer };
  }

  /** The next whole lines; they are overwritten by the next call. Null behind the last. */
  next(): Uint8Array | null {
    const { block } = this;
    block.at = 0;
    while (!this.isFull && block.at < this.blockBytes) this.addLine();
    return block.at === 0 ? null : block.bytes.subarray(0, block.at);
  }

  /** What was written up to now. */
  report(): TruthReport {
    return this.truth.report();
  }

  /** Writes one line and counts it; takes it back, and is full, where it does not fit into the size. */
  private addLine(): void {
    const { block, random, traffic, truth } = this;
    const written = this.formats[truth.lines % this.formats.length];
    if (written === undefined) return;
    const { format } = written;
    const dirt = random.unit() < this.options.dirt ? (written.dirt[written.table.draw(random)] ?? null) : null;
    const start = block.at;
    traffic.next(dirt?.needsRequest === true ? { ...format, noteShare: 0 } : format);
    dirt?.spoil?.(this.tools);
    this.stamp.at = stampOf(format, traffic.event);
    dirt?.before?.(this.tools);
    const nulBytes = dirt?.name === 'nul' ? block.at - start : 0;
    if (dirt?.instead === undefined) format.write(block, traffic.event, this.stamp);
    else dirt.instead(this.tools);
    dirt?.behind?.(this.tools);
    block.byte(NEWLINE);
    const lengthBytes = block.at - start;
    if (truth.bytes + lengthBytes > this.options.sizeBytes) {
      block.at = start;
      this.isFull = true;
      return;
    }
    truth.addLine(lengthBytes, nulBytes, dirt);
    if (dirt === null || dirt.lineClass === 'entry') truth.addEntry(format, traffic.event, this.stamp.at);
  }
}

function writtenOf(format: LineFormat): Written {
  const dirt = DIRT.filter(({ suits }) => suits?.(format) ?? true);
  return { format, dirt, table: new AliasTable(dirt.map(({ weight }) => weight)) };
}

/** The instant that a line states: the start or the end of its request, as precise as the format is. */
function stampOf({ stamps, stampMs }: LineFormat, { endAt, ticks }: TrafficEvent): number {
  const at = stamps === 'start' ? endAt - Math.round(ticks / TICKS_PER_MS) : endAt;
  return at - (at % stampMs);
}
