/** Any bytes in any chunks: both engines make the same reports, which merged are that of one chunk. */
import { expect } from 'chai';
import fc from 'fast-check';
import { MAX_LINE_BYTES } from '../../src/parsers/line-limits.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { createEngineTwins, differenceOf, rangesOf } from '../support/engine-twins.js';
import { inMode } from '../support/long-mode.js';
import { memoryBytes } from '../support/memory-bytes.js';
import { mergeReports } from '../support/merge-reports.js';
import { planOf } from '../support/plan-of.js';

/** Bytes of a block as the engines read them: the kernel's, and the reference parser's. */
const BLOCKS = [512 * 1024, 256 * 1024] as const;
const KERNEL_BLOCK = BLOCKS[0];
const PLAN = planOf({ formats: FORMAT_NAMES });
const LINE = '2024-01-24 10:15:32.123 INFO took 127ms';
const ACCESS = '192.0.2.7 - - [24/Jan/2024:10:15:33 +0000] "GET /users/42 HTTP/1.1" 503 5 "-" "x"';
const JSON_LINE = '{"time":"2024-01-24T10:16:32Z","level":"error","logger":"a.b","path":"/x","took":5}';

const anyPiece: fc.Arbitrary<Buffer> = fc.oneof(
  fc.constantFrom(LINE, ACCESS, JSON_LINE, '<13>1 2024-01-24T10:15:32Z h a 1 - - x', 'what', '').map(Buffer.from),
  { weight: 4, arbitrary: fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '\n\n', ' \n').map(Buffer.from) },
  fc.constantFrom(1, 2, 15, 16, 17, 300).map((length) => Buffer.alloc(length)),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom('\ufeff', 'é', '\0', ' ', '\t', '"', '{').map(Buffer.from),
  fc
    .tuple(
      fc.constantFrom(100, ...BLOCKS, MAX_LINE_BYTES),
      fc.integer({ min: -60, max: 60 }),
      fc.constantFrom('x', '\0'),
    )
    .map(([length, more, byte]) => Buffer.alloc(Math.max(1, length + more), byte)),
);

const anyFile = fc.array(anyPiece, { maxLength: 24, size: 'max' }).map((pieces) => Buffer.concat(pieces));

describe('threads/kernel-engine, on any file', function () {
  this.timeout(inMode(60_000, 3_600_000));
  const twins = createEngineTwins();

  it('reports of any chunks what the reference does, and of all of them together what one chunk tells', () => {
    const anyCuts = fc.array(fc.array(fc.nat(), { maxLength: 5 }), { minLength: 12, maxLength: 12 });

    fc.assert(
      fc.property(
        anyFile,
        anyCuts,
        fc.constantFrom(65_537, KERNEL_BLOCK - 1, undefined),
        (content, chunkings, maxReadBytes) => {
          const whole = twins.kernel({ bytes: memoryBytes(content), plan: PLAN });
          for (const cuts of chunkings) {
            const places = cuts.map((cut) => cut % (content.length + 1)).sort((a, b) => a - b);
            expect(twins.differenceIn(PLAN, content, places, maxReadBytes)).to.equal(null);
            const parts = rangesOf(places, content.length).map((range) =>
              twins.kernel({ bytes: memoryBytes(content), range, plan: PLAN }),
            );
            const all = { start: 0, end: content.length };
            expect(differenceOf(all, whole, mergeReports(parts.toReversed()))).to.equal(null);
          }
        },
      ),
      { numRuns: inMode(50, 5000) },
    );
  });
});
