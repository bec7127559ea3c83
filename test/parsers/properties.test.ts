/** What holds of the parser for every line, also for hostile ones. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { ByteString } from '../../src/domain/byte-string.js';
import { type LogEntry, LEVELS, MAX_TIMESTAMP_MS, REJECTION_REASONS } from '../../src/domain/log-entry.js';
import { MAX_LINE_BYTES } from '../../src/parsers/line-limits.js';
import { createLineParser, type LineParser, type Rejection } from '../../src/parsers/parse-line.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { entryOf } from '../support/any-entry.js';
import { goldenFiles, lineOf } from '../support/golden-cases.js';
import { anyHostileFamily, anyMutation, hostileLine } from '../support/hostile-lines.js';

const PLAN = { timezone: 'UTC', referenceAt: Date.parse('2024-06-01T00:00:00Z') };
const parserOf = (...formats: readonly string[]): LineParser => createLineParser({ ...PLAN, formats });
const everyFormat = parserOf(...FORMAT_NAMES);

const GOLDEN_LINES = goldenFiles().flatMap(({ cases }) => cases.map(lineOf));
const anyBytes: fc.Arbitrary<ByteString> = fc
  .uint8Array({ maxLength: 300 })
  .map((bytes) => String.fromCharCode(...bytes));
const anyLine = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...GOLDEN_LINES).chain((line) => anyMutation(line, GOLDEN_LINES)) },
  { weight: 1, arbitrary: fc.constantFrom(...GOLDEN_LINES) },
  { weight: 1, arbitrary: anyBytes },
  {
    weight: 1,
    arbitrary: fc.tuple(anyHostileFamily, fc.nat(800)).map(([family, bytes]) => hostileLine(family, bytes)),
  },
);

/** What is wrong with a result; empty for one that may be. */
function faultsOf(result: LogEntry | Rejection): string[] {
  if ('reason' in result) return REJECTION_REASONS.includes(result.reason) ? [] : [`reason ${result.reason}`];
  const { format, timestamp, isOutOfRange, level, message, durationSource, metrics, fields } = result;
  const holds: Record<string, boolean> = {
    format: FORMAT_NAMES.includes(format),
    timestamp: timestamp === null || (isCount(timestamp) && timestamp <= MAX_TIMESTAMP_MS),
    isOutOfRange: !isOutOfRange || timestamp === null,
    level: level === null || LEVELS.includes(level),
    texts: [message, ...Object.values(fields)].every((text) => typeof text === 'string' && !/[^\0-\xff]/.test(text)),
    metrics: Object.values(metrics).every(isCount),
    status: metrics.status === undefined || (metrics.status >= 100 && metrics.status <= 999),
    durationSource: (durationSource === null) === (metrics.durationUs === undefined),
    path: (fields.path === undefined) === (fields.url === undefined),
  };
  return Object.keys(holds).filter((part) => holds[part] === false);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

describe('parsers/properties', function () {
  this.timeout(60_000);

  it('gives an entry or a reason for every line, and throws for none', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        expect(faultsOf(everyFormat.parse(line))).to.deep.equal([]);
      }),
      { numRuns: 4000 },
    );
  });

  it('gives for each golden line a valid entry or a known reason', () => {
    expect(GOLDEN_LINES.flatMap((line) => faultsOf(everyFormat.parse(line)))).to.deep.equal([]);
  });

  it('reads a line as if it were the first', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 8 }), (lines) => {
        const reused = parserOf(...FORMAT_NAMES);
        const results = lines.map((line) => reused.parse(line));

        expect(results).to.deep.equal(lines.map((line) => parserOf(...FORMAT_NAMES).parse(line)));
      }),
      { numRuns: 400 },
    );
  });

  it('gives with one format an entry of that format or no entry', () => {
    const alone = FORMAT_NAMES.map((name) => [name, parserOf(name)] as const);
    fc.assert(
      fc.property(anyLine, (line) => {
        const results = alone.map(([, parser]) => parser.parse(line));

        expect(results.map((result) => ('format' in result ? result.format : result.reason))).to.deep.equal(
          alone.map(([name], index) => ('format' in (results[index] ?? {}) ? name : 'not in the chosen format')),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('gives with all formats what the first that accepts the line gives alone', () => {
    const alone = FORMAT_NAMES.map((name) => parserOf(name));
    fc.assert(
      fc.property(anyLine, (line) => {
        const first = alone.map((parser) => parser.parse(line)).find((result) => 'format' in result);
        const result = everyFormat.parse(line);

        expect('format' in result ? result : undefined).to.deep.equal(first);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not change the answer of a format when later ones are added', () => {
    const upTo = FORMAT_NAMES.map((_, index) => parserOf(...FORMAT_NAMES.slice(0, index + 1)));
    fc.assert(
      fc.property(anyLine, (line) => {
        const results = upTo.map((parser) => parser.parse(line));
        const first = results.findIndex((result) => 'format' in result);

        const later = first < 0 ? [] : results.slice(first);
        expect(later).to.deep.equal(later.map(() => results[first]));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not see colours and blanks in front', () => {
    const bare = GOLDEN_LINES.filter((line) => !line.includes('\x1b'));
    fc.assert(
      fc.property(fc.constantFrom(...bare), fc.nat(400), (line, place) => {
        const at = place % (line.length + 1);
        const dressed = ` \t${line.slice(0, at)}\x1b[1;31m${line.slice(at)}`;

        expect(everyFormat.parse(dressed)).to.deep.equal(everyFormat.parse(line));
      }),
      { numRuns: 1000 },
    );
  });

  it('gives an answer for a line of 1 MiB of anything that repeats', () => {
    fc.assert(
      fc.property(anyHostileFamily, (family) => {
        expect(faultsOf(everyFormat.parse(hostileLine(family, MAX_LINE_BYTES)))).to.deep.equal([]);
      }),
      { numRuns: 100 },
    );
  });

  it('undoes 1 MiB of escapes in one text', () => {
    const line = `{"level":"info","msg":"${'\\u0041'.repeat(MAX_LINE_BYTES / 8)}"}`;

    expect(everyFormat.parse(line)).to.deep.equal(
      entryOf({ format: 'json', level: 'INFO', message: 'A'.repeat(MAX_LINE_BYTES / 8) }),
    );
  });
});
