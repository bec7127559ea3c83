/**
 * The rule by which rates and errors follow from the lines (docs/semantics.md): over fixtures of our own, and over the four
 * logs of the published assessment, of which three stated values can follow from no rule.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CORPORA, describeWith } from '../support/capability.js';
import { runAnalysis } from '../support/run-analysis.js';
import { useScratch } from '../support/scratch.js';

/** The values that the assessment states for a log. */
interface Values {
  readonly avgResponseTime: number;
  readonly errorsPerMinute: number;
  readonly requestsPerSecond: number;
  readonly totalRequests: number;
  readonly malformed: number;
}

async function valuesOf(path: string): Promise<Values> {
  const report = await runAnalysis([path], { chunkBytes: 20_000 });
  return {
    avgResponseTime: report.durationMs?.mean ?? Number.NaN,
    errorsPerMinute: report.errors.perMinute ?? Number.NaN,
    requestsPerSecond: report.requests.perSecond ?? Number.NaN,
    totalRequests: report.requests.total,
    malformed: report.malformed,
  };
}

const repeat = (lines: readonly string[], times: number): string[] => Array.from({ length: times }, () => lines).flat();

const OK = '2024-03-07 08:41:05.210 INFO Invoice sent in 140ms';

const FIXTURES: readonly (readonly [name: string, lines: readonly string[], expected: Values])[] = [
  [
    'text lines of one minute, not in the order of time',
    repeat(
      [OK, '2024-03-07 08:41:59.001 INFO Invoice stored in 80ms', '2024-03-07 08:41:00.000 INFO Invoice read in 20ms'],
      600,
    ),
    { avgResponseTime: 80, errorsPerMinute: 0, requestsPerSecond: 30, totalRequests: 1800, malformed: 0 },
  ],
  [
    'three formats that alternate line by line',
    repeat(
      [
        OK,
        '{"timestamp":"2024-03-07 08:41:17.500","level":"INFO","message":"Invoice stored","duration_ms":80}',
        '198.51.100.4 - - [07/Mar/2024:08:41:30.250] GET /invoices HTTP/1.1 200 20ms',
      ],
      600,
    ),
    { avgResponseTime: 80, errorsPerMinute: 0, requestsPerSecond: 30, totalRequests: 1800, malformed: 0 },
  ],
  [
    'errors without a response time, which are no requests',
    [...repeat([OK], 60), ...repeat(['2024-03-07 08:41:40.900 ERROR Mail server refused'], 45), ...repeat([OK], 60)],
    { avgResponseTime: 140, errorsPerMinute: 45, requestsPerSecond: 2, totalRequests: 120, malformed: 0 },
  ],
  [
    'lone dates, lone times and free text, which are malformed and no errors',
    [
      ...repeat([OK], 30),
      ...repeat(['what is this', '2024-03-07 ERROR', '08:41:05.210 INFO Cut'], 10),
      ...repeat([OK], 30),
    ],
    { avgResponseTime: 140, errorsPerMinute: 0, requestsPerSecond: 1, totalRequests: 60, malformed: 30 },
  ],
  [
    'two minutes with a silent one between, which is not touched',
    ['2024-03-07 08:41:05.210 ERROR Lost', OK, '2024-03-07 08:43:05.210 INFO Invoice sent in 160ms'],
    { avgResponseTime: 150, errorsPerMinute: 0.5, requestsPerSecond: 2 / 120, totalRequests: 2, malformed: 0 },
  ],
];

describe('integration: the rate rule', () => {
  const { write } = useScratch();

  for (const [name, lines, expected] of FIXTURES) {
    it(`holds for ${name}, without a final newline`, async () => {
      const path = write('fixture.log', lines.join('\n'));

      expect(await valuesOf(path)).to.deep.equal(expected);
    });
  }

  describeWith('the samples of ../shared/corpora', 'over the logs of the assessment', () => {
    const folder = join(CORPORA, 'assessment');
    /** What is stated and cannot follow from the lines; the rule gives these instead. */
    const contradictions: Readonly<Record<string, Partial<Values>>> = {
      error_spike: { errorsPerMinute: 50, requestsPerSecond: 200 / 60 },
      malformed: { requestsPerSecond: 200 / 60 },
    };

    for (const name of ['normal', 'mixed_format', 'error_spike', 'malformed']) {
      const stray = Object.keys(contradictions[name] ?? {}).length;
      it(`gives the values of ${name}.log that follow from its lines${stray > 0 ? `, and ${stray} that are stated otherwise` : ''}`, async () => {
        const stated = statedFor(`${name}.log`, readFileSync(join(folder, 'expected.json'), 'utf8'));

        const values = await valuesOf(join(folder, 'logs', `${name}.log`));

        expect(values).to.deep.equal({ ...stated, ...contradictions[name] });
      });
    }
  });
});

interface StatedLog {
  readonly computed: { readonly malformed_lines: number };
  readonly expected_by_the_assessment: {
    readonly avg_response_time: number;
    readonly error_rate: number;
    readonly requests_per_second: number;
    readonly total_requests: number;
    readonly malformed_lines?: number;
  };
}

function statedFor(name: string, json: string): Values {
  const log = (JSON.parse(json) as Record<string, StatedLog>)[name];
  if (log === undefined) throw new Error(`No values are stated for ${name}`);
  const stated = log.expected_by_the_assessment;
  return {
    avgResponseTime: stated.avg_response_time,
    errorsPerMinute: stated.error_rate,
    requestsPerSecond: stated.requests_per_second,
    totalRequests: stated.total_requests,
    malformed: stated.malformed_lines ?? log.computed.malformed_lines,
  };
}
