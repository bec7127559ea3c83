/** Scans one chunk with the reference parser: lines in, a ChunkReport out. */
import { Account } from '../domain/account.js';
import type { ByteString } from '../domain/byte-string.js';
import type { ChunkTask } from '../domain/chunk-dispatcher.js';
import type { ChunkReport } from '../domain/chunk-report.js';
import { ContentHash } from '../domain/content-hash.js';
import { Examples } from '../domain/examples.js';
import { linePriority } from '../domain/hash.js';
import type { FilePlan, SummaryPlan } from '../domain/plan.js';
import { Samples } from '../domain/samples.js';
import { Summary } from '../domain/summary/summary.js';
import { createLineParser, type LineParser } from '../parsers/parse-line.js';
import { markOf } from './end-mark.js';
import type { ChunkBytes } from './first-line.js';
import { Injection } from './injection.js';
import type { ScanHooks } from './scan-engine.js';
import { LineScanner, type RawLine } from './scan-lines.js';

const BYTE_ORDER_MARK = '\xef\xbb\xbf';

/** One scanner for each thread: it keeps its buffer, and the parser of the newest plan. */
export class ChunkScanner {
  private readonly summaryPlan: SummaryPlan;
  private readonly hooks: ScanHooks;
  private readonly lines = new LineScanner();
  private parser: { readonly plan: FilePlan; readonly parser: LineParser } | null = null;

  constructor(summaryPlan: SummaryPlan, hooks: ScanHooks) {
    this.summaryPlan = summaryPlan;
    this.hooks = hooks;
  }

  /** Scans the lines of the task's chunk. @throws MR_ERR_CHUNK_READ, MR_ERR_CHUNK_SHORT, MR_ERR_CHAOS_CRASH */
  scan(task: ChunkTask, plan: FilePlan, bytes: ChunkBytes): ChunkReport {
    const { chunk } = task;
    const tally = new LineTally(plan, this.parserOf(plan), {
      summary: new Summary(this.summaryPlan),
      lines: this.lines,
    });
    const { onLine, poison, onPoison } = this.hooks;
    const isQuarantine = task.mode === 'quarantine';
    const injection = new Injection(task, this.hooks);
    const range = this.lines.scan({ bytes, range: chunk, endPolicy: plan.endPolicy }, (line) => {
      onLine(line.offset);
      injection.reach(line.offset);
      if (isQuarantine) return tally.quarantine(line);
      if (poison !== null && line.content.includes(poison)) onPoison();
      tally.count(line);
    });
    injection.finish();
    return {
      file: chunk.file,
      start: chunk.start,
      end: chunk.end,
      readFrom: range.start,
      readTo: range.end,
      before: markOf(bytes, { chunk, range, tail: this.lines.tail }),
      ...tally.parts,
    };
  }

  private parserOf(plan: FilePlan): LineParser {
    if (this.parser?.plan.index !== plan.index) this.parser = { plan, parser: createLineParser(plan) };
    return this.parser.parser;
  }
}

/** What a tally fills, and where the bytes of its lines lie. */
interface TallyParts {
  readonly summary: Summary;
  readonly lines: LineScanner;
}

/** Counts the lines of one chunk: each in one class, its bytes with it. */
class LineTally {
  readonly parts: Pick<ChunkReport, 'account' | 'samples' | 'examples' | 'summary'>;
  private readonly plan: FilePlan;
  private readonly parser: LineParser;
  private readonly lines: LineScanner;
  private readonly hash = new ContentHash();

  constructor(plan: FilePlan, parser: LineParser, { summary, lines }: TallyParts) {
    this.plan = plan;
    this.parser = parser;
    this.lines = lines;
    this.parts = { account: new Account(), samples: new Samples(), examples: new Examples(), summary };
  }

  count(line: RawLine): void {
    const { account, samples, examples, summary } = this.parts;
    const content = this.enter(line);
    if (line.lengthBytes === 0) return; // NULs at the end of the input, and no line
    if (line.isOversize) {
      account.addOversize(line.lengthBytes);
      samples.add('oversize', this.plan.index, line.offset, content);
      return;
    }
    if (isBlank(content)) return account.addEmpty(line.lengthBytes);
    const entry = this.parser.parse(content);
    if ('reason' in entry) {
      account.addMalformed(entry.reason, line.lengthBytes);
      samples.add(entry.reason, this.plan.index, line.offset, content);
      return;
    }
    account.addParsed(entry.format, line.lengthBytes);
    summary.add(entry, linePriority(this.plan.seed, line.offset));
    const lengthBytes = line.nulBytes + line.lengthBytes;
    examples.add(entry, { file: this.plan.index, offset: line.offset, lengthBytes }, content);
  }

  quarantine(line: RawLine): void {
    const content = this.enter(line);
    if (line.lengthBytes === 0) return;
    this.parts.account.addQuarantined(line.lengthBytes);
    this.parts.samples.add('quarantined', this.plan.index, line.offset, content);
  }

  /** Counts what every line has, and returns its content without a byte order mark. */
  private enter({ offset, content, lengthBytes, nulBytes }: RawLine): ByteString {
    const { account } = this.parts;
    if (nulBytes > 0) account.addNul(nulBytes);
    if (lengthBytes === 0) return content;
    const at = this.lines.contentAt;
    if (at === null) this.hash.update(content, lengthBytes);
    else this.hash.updateFrom(this.lines.view, { at, length: content.length }, lengthBytes);
    account.addContent(this.hash);
    return offset === 0 && content.startsWith(BYTE_ORDER_MARK) ? content.slice(BYTE_ORDER_MARK.length) : content;
  }
}

function isBlank(content: ByteString): boolean {
  for (let index = 0; index < content.length; index += 1) {
    const byte = content.charCodeAt(index);
    if (byte !== 32 && byte !== 9) return false;
  }
  return true;
}
