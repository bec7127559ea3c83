/**
 * The reference parser: what a line means, as a function of its bytes and the plan of its file. Complete and plain; the
 * scanner is right when it agrees with it. It never throws, and its time is linear in the length of the line.
 */
import type { ByteString } from '../domain/byte-string.js';
import type { LogEntry, RejectionReason } from '../domain/log-entry.js';
import type { FilePlan } from '../domain/plan.js';
import { skipBlanks } from './bytes.js';
import { withoutColours } from './match/colours.js';
import { type CompiledLayout, compileFormat } from './match/compile-pieces.js';
import { EntryDraft } from './match/entry-draft.js';
import { StampSink } from './match/stamp-sink.js';
import { FORMATS } from './registry.js';
import { type RejectionContext, rejectionOf } from './rejection.js';

/** A line that no format accepted. */
export interface Rejection {
  readonly reason: RejectionReason;
}

/** What decides the meaning of a line, besides its bytes. */
export type LinePlan = Pick<FilePlan, 'formats' | 'timezone' | 'referenceAt'>;

/** Parses the lines of files with one plan. Made once per thread and plan; not for two lines at a time. */
export interface LineParser {
  /** Reads a line without its newline; blanks before it and colours in it do not count. */
  parse(line: ByteString): LogEntry | Rejection;
}

/** Makes the parser of a plan: its candidate formats are tried in the order of the registry. */
export function createLineParser(plan: LinePlan): LineParser {
  const sink = new StampSink(plan);
  const candidates = FORMATS.filter(({ name }) => plan.formats.includes(name));
  const isForced = candidates.length === 1;
  return new ReferenceParser(
    candidates.flatMap((format) => compileFormat(format, sink)),
    { sink, isForced },
  );
}

class ReferenceParser implements LineParser {
  private readonly context: RejectionContext;
  private readonly draft = new EntryDraft();
  private readonly layouts: readonly CompiledLayout[];
  /** Layouts by the first byte of a line: those that may accept it. */
  private readonly byFirstByte: readonly (readonly CompiledLayout[])[];

  constructor(layouts: readonly CompiledLayout[], context: RejectionContext) {
    this.context = context;
    this.layouts = layouts;
    this.byFirstByte = Array.from({ length: 256 }, (_, byte) =>
      layouts.filter(({ firstBytes }) => firstBytes?.includes(String.fromCharCode(byte)) ?? true),
    );
  }

  parse(raw: ByteString): LogEntry | Rejection {
    const line = withoutColours(raw);
    const at = skipBlanks(line, 0);
    const { sink } = this.context;
    sink.sawImpossible = false;
    for (const layout of this.byFirstByte[line.charCodeAt(at)] ?? this.layouts) {
      if (!layout.requiredTexts.every((text) => line.includes(text))) continue;
      this.draft.reset();
      if (layout.match(line, at, this.draft) === line.length) return this.draft.finish(layout.format);
    }
    return { reason: rejectionOf(line, at, this.context) };
  }
}
