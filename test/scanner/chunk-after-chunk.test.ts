/** A kernel keeps its memory from chunk to chunk, and nothing of what it counted. */
import { expect } from 'chai';
import type { SummaryPlan } from '../../src/domain/plan.js';
import { DIMENSIONS } from '../../src/domain/summary/dimensions.js';
import { FORMAT_CHOICES } from '../../src/generate/options.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { createEngineTwins, type EngineTwins, type ScanCase } from '../support/engine-twins.js';
import { generatedLog } from '../support/generated-log.js';
import { inMode } from '../support/long-mode.js';
import { memoryBytes } from '../support/memory-bytes.js';
import { planOf, SUMMARY_PLAN } from '../support/plan-of.js';
import { flood, isoOf, logOf, PLAN } from '../support/summary-twins.js';

const YEAR_MS = 365 * 86_400_000;
const MAX_SAFE = Number.MAX_SAFE_INTEGER;

describe('scanner/chunk-kernel, chunk after chunk', function () {
  this.timeout(inMode(60_000, 600_000));

  const generated = FORMAT_CHOICES.map((format, index): ScanCase => {
    const log = generatedLog({ format, sizeBytes: 150_000, seed: 3, dirt: 0.1, rate: index % 2 === 0 ? 0.05 : 5 });
    return { bytes: memoryBytes(log.bytes), plan: PLAN };
  });
  const special: readonly ScanCase[] = [
    logOf([]),
    flood(30_000, 18_000),
    logOf([{ level: 'info' }]),
    logOf(Array.from({ length: 5000 }, (_, index) => ({ time: isoOf(index * YEAR_MS * 0.02), took_ms: index }))),
    logOf([{ time: isoOf(0), path: '/a', ip: 'b', bytes: MAX_SAFE, duration_us: MAX_SAFE, status: 599 }]),
    { bytes: memoryBytes(Buffer.from('what\n\0\n\n{"a"\n2024-01-24\nx')), plan: PLAN },
    { bytes: memoryBytes(Buffer.alloc(3_000_000, 'x')), plan: PLAN },
  ];

  /** Checks that a chunk is reported as by a kernel that never saw another one. */
  function expectFresh(used: EngineTwins, given: ScanCase, summary: SummaryPlan): void {
    const fresh = createEngineTwins(summary);
    expect(Buffer.compare(used.kernel(given), fresh.kernel(given))).to.equal(0);
  }

  for (const summary of [SUMMARY_PLAN, { windowMs: 1000, folding: 'none', windowedKeys: DIMENSIONS } as const]) {
    it(`leaves nothing of one in the next, windows of ${summary.windowMs} ms`, () => {
      const used = createEngineTwins(summary);
      const cases = [...generated, ...special];
      const expected = new Map(cases.map((given) => [given, used.reference(given)]));
      const pairs = special.flatMap((one) => special.flatMap((two) => [one, two]));

      for (const given of [...cases, ...cases.toReversed(), ...pairs]) {
        expect(Buffer.compare(used.kernel(given), expected.get(given) ?? Buffer.of())).to.equal(0);
      }
      for (const given of cases) expectFresh(used, given, summary);
    });
  }

  it('goes by the instant, the seed, the zone and the formats of the plan at hand', () => {
    const used = createEngineTwins();
    const lines = [
      'Feb 29 10:15:32 h su: x',
      'Dec 31 23:59:59 h su: x',
      'Jan  1 00:00:01 h su: x',
      '2024-03-31 02:30:00 INFO /a',
    ];
    const bytes = memoryBytes(Buffer.from(`${lines.join('\n')}\n{"level":"info","path":"/a"}\n`));
    const instants = [
      Date.UTC(2024, 1, 28),
      Date.UTC(2024, 1, 29),
      Date.UTC(2024, 2, 2),
      Date.UTC(2025, 0, 1),
      Date.UTC(1971, 0, 1),
    ];
    const plans = ['UTC', 'Europe/Berlin'].flatMap((timezone) =>
      [FORMAT_NAMES, ['syslog3164'], ['plain', 'json']].flatMap((formats) =>
        instants.map((referenceAt, index) => ({ timezone, formats, referenceAt, seed: index })),
      ),
    );
    const cases = plans.map((parts, index): ScanCase => ({ bytes, plan: planOf({ ...parts, index }) }));

    for (const given of [...cases, ...cases.toReversed()]) expect(used.difference(given)).to.equal(null);
    for (const given of cases) expectFresh(used, given, SUMMARY_PLAN);
  });
});
