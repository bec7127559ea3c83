/** Where stamps go: into the draft as instants. Remembers whether one was impossible, which tells why a line is refused. */
import type { FilePlan } from '../../domain/plan.js';
import type { ByteString } from '../../domain/byte-string.js';
import type { ShapeName } from '../stamp-shapes.js';
import { type Matcher, NO_MATCH } from './matcher.js';
import { IMPOSSIBLE_STAMP, StampReader } from './read-stamp.js';
import type { StampFields } from './stamp-fields.js';
import { StampClock } from './stamp-clock.js';

/** Shapes that a time stamp may have as the value of a key. */
export const VALUE_SHAPES: readonly ShapeName[] = [
  'iso',
  'epoch',
  'slashed',
  'clf',
  'isoBasic',
  'dayMonthYear',
  'httpDate',
  'ctime',
  'bsdYear',
];

/** Made once per parser. */
export class StampSink {
  /** True when a stamp of the line at hand had digits in place and stated no date or no time of day. */
  sawImpossible = false;
  private readonly clock: StampClock;
  private readonly values = new StampReader(VALUE_SHAPES);

  constructor(plan: Pick<FilePlan, 'timezone' | 'referenceAt'>) {
    this.clock = new StampClock(plan);
  }

  /** Epoch ms of a stamp that was read. */
  instantOf(fields: StampFields): number {
    return this.clock.instantOf(fields);
  }

  /** Epoch ms of a value that is a stamp and nothing else; null where it is none. */
  instantOfValue(value: ByteString): number | null {
    const end = this.values.read(value, 0);
    if (end === IMPOSSIBLE_STAMP) this.sawImpossible = true;
    return end === value.length ? this.clock.instantOf(this.values.fields) : null;
  }
}

/** Matches a stamp in the first of these shapes that fits. */
export function stampMatcher(shapes: readonly ShapeName[], sink: StampSink): Matcher {
  const reader = new StampReader(shapes);
  return (line, at, draft) => {
    const end = reader.read(line, at);
    if (end < 0) {
      if (end === IMPOSSIBLE_STAMP) sink.sawImpossible = true;
      return NO_MATCH;
    }
    draft.instantMs = sink.instantOf(reader.fields);
    return end;
  };
}
