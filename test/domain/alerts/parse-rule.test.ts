import { expect } from 'chai';
import fc from 'fast-check';
import { type AlertRule, METRICS } from '../../../src/domain/alerts/alert-rule.js';
import { MAX_RULE_LENGTH, parseRule } from '../../../src/domain/alerts/parse-rule.js';
import { dimensionsOf, MAX_RULES, parseRules } from '../../../src/domain/alerts/parse-rules.js';
import { MillraceError } from '../../../src/domain/errors.js';
import { failureOf } from '../../support/failure-of.js';

const MINUTE = 60_000;

/** What is equal in most rules. */
const PLAIN: AlertRule = {
  name: '',
  text: '',
  metric: 'errorsPerMinute',
  spanMs: MINUTE,
  bound: { isAbove: true, threshold: 30 },
  forMs: 0,
  by: null,
  clearBound: null,
  clearForMs: 0,
};

const UNDERSTOOD: readonly [string, Partial<AlertRule>][] = [
  ['errorsPerMinute > 30', {}],
  ['errorsPerMinute > 30 for 2m', { forMs: 2 * MINUTE, clearForMs: 2 * MINUTE }],
  [
    'p95 > 800 for 5m by path',
    { metric: 'p95', bound: { isAbove: true, threshold: 800 }, forMs: 5 * MINUTE, clearForMs: 5 * MINUTE, by: 'path' },
  ],
  ['p95>0.8s by logger', { metric: 'p95', bound: { isAbove: true, threshold: 800 }, by: 'logger' }],
  ['errorsPerMinute > 30 by status', { by: 'status' }],
  ['errorsPerMinute > 30 by level', { by: 'level' }],
  ['mean < 1.5 ms', { metric: 'mean', bound: { isAbove: false, threshold: 1.5 } }],
  ['malformed > 5 %', { metric: 'malformed', bound: { isAbove: true, threshold: 5 } }],
  ['errorRate > 0.5% by method', { metric: 'errorRate', bound: { isAbove: true, threshold: 0.5 }, by: 'method' }],
  [
    'requestsPerSecond < 5 for 90s',
    { metric: 'requestsPerSecond', bound: { isAbove: false, threshold: 5 }, forMs: 90_000, clearForMs: 90_000 },
  ],
  [
    'no lines for 10m',
    {
      metric: 'linesPerSecond',
      spanMs: null,
      bound: { isAbove: false, threshold: Number.MIN_VALUE },
      forMs: 10 * MINUTE,
    },
  ],
  [
    'p99 > 2s by clientIp resolve < 600 for 5m for 1h',
    {
      metric: 'p99',
      bound: { isAbove: true, threshold: 2000 },
      forMs: 60 * MINUTE,
      by: 'clientIp',
      clearBound: { isAbove: false, threshold: 600 },
      clearForMs: 5 * MINUTE,
    },
  ],
  [
    'linesPerSecond < 1 for 0.5h resolve > 1',
    {
      metric: 'linesPerSecond',
      bound: { isAbove: false, threshold: 1 },
      forMs: 30 * MINUTE,
      clearBound: { isAbove: true, threshold: 1 },
      clearForMs: 30 * MINUTE,
    },
  ],
];

const AFTER_CONDITION = "'for', 'by', 'resolve', or the end";
const METRIC = `'no' or one of ${Object.keys(METRICS).join(', ')}`;

/** Rules that are none: the column, what was expected, what was found. */
const REFUSED: readonly [string, number, string, string][] = [
  ['', 1, METRIC, 'the end'],
  ['  p96 > 800', 3, METRIC, "'p96'"],
  ['toString > 1', 1, METRIC, "'toString'"],
  ['slow: P95 > 1', 7, METRIC, "'P95'"],
  [' : p95 > 1', 1, "a name before ':'", 'none'],
  ['p95', 4, "'<' or '>'", 'the end'],
  ['p95 = 3', 5, "'<' or '>'", "'='"],
  ['p95 >= 3', 6, 'a number', "'='"],
  ['p95 > -3', 7, 'a number', "'-'"],
  ['p95 > fast', 7, 'a number', "'fast'"],
  [`p95 > ${'9'.repeat(400)}`, 7, 'a number', `'${'9'.repeat(400)}'`],
  ['p95 > 800 MB', 11, AFTER_CONDITION, "'MB'"],
  ['errorRate > 5', 14, "'%'", 'the end'],
  ['errorsPerMinute > 5 %', 21, AFTER_CONDITION, "'%'"],
  ['p95 > 800 for', 14, 'a time from 1s to 7d such as 30s, 5m or 1h', 'the end'],
  ['p95 > 800 for 5', 16, 'a unit of time: s, m, h or d', 'the end'],
  ['p95 > 800 for 5 weeks', 17, 'a unit of time: s, m, h or d', "'weeks'"],
  ['p95 > 800 for 0s', 15, 'a time from 1s to 7d such as 30s, 5m or 1h', "'0'"],
  ['p95 > 800 for 8d', 15, 'a time from 1s to 7d such as 30s, 5m or 1h', "'8'"],
  ['p95 > 800 for 1m for 2m', 18, "'by', 'resolve', or the end", "'for'"],
  ['p95 > 800 for 1m by path resolve < 1 for 1m x', 45, 'the end', "'x'"],
  ['p95 > 800 by host', 14, 'one of path, method, clientIp, logger, level, status', "'host'"],
  ['malformed > 5 % by path', 17, "no 'by', since malformed is not counted by key", "'by'"],
  ['no requests by path', 13, "no 'by', since requestsPerSecond is not counted by key", "'by'"],
  ['no errors', 4, "'lines' or 'requests'", "'errors'"],
  ['no lines for 1m resolve > 1', 17, "'by', or the end", "'resolve'"],
  ['p95 > 800 resolve > 900', 19, "'<', the other side than that of the rule", "'>'"],
  ['p95 > 800 resolve < 1s', 21, 'a number not above that of the rule', "'1'"],
  ['p95 < 800 resolve > 799', 21, 'a number not below that of the rule', "'799'"],
  ['p95 > 1 \u{1f600}', 9, AFTER_CONDITION, "'\u{1f600}'"],
  [`${'x'.repeat(MAX_RULE_LENGTH)}:`, MAX_RULE_LENGTH + 1, `at most ${MAX_RULE_LENGTH} characters`, '501'],
];

describe('domain/alerts/parse-rule', () => {
  for (const [text, what] of UNDERSTOOD) {
    it(`understands ${text}`, () => {
      expect(parseRule(text)).to.deep.equal({ ...PLAIN, name: text, text, ...what });
    });
  }

  it('takes what stands before a colon for the name', () => {
    expect(parseRule(' slow checkout :  p95 > 800\r')).to.deep.equal({
      ...PLAIN,
      name: 'slow checkout',
      text: 'p95 > 800',
      metric: 'p95',
      bound: { isAbove: true, threshold: 800 },
    });
  });

  for (const [text, column, expected, found] of REFUSED) {
    it(`says where it does not understand ${text.slice(0, 50)}`, () => {
      expect(failureOf(() => parseRule(text, 'a.rules line 7'))).to.equal(
        `a.rules line 7, column ${column}: expected ${expected}, found ${found}`,
      );
    });
  }

  /** Texts near the grammar, so that each of its branches is taken wrongly as well. */
  const words = [
    'no',
    'lines',
    'for',
    'by',
    'path',
    'resolve',
    'p95',
    'malformed',
    '<',
    '>',
    '%',
    '5',
    '0.5',
    'm',
    's',
    'ms',
    ':',
    '.',
    '\0',
    '\u{d800}',
  ];
  const anyText = fc.oneof(
    fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' ')),
    fc.string({ unit: 'binary', maxLength: 2 * MAX_RULE_LENGTH }),
  );

  it('understands any text or throws nothing but its error, whose column lies in it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        try {
          const rule = parseRule(text);
          expect(parseRule(`again: ${rule.text}`)).to.deep.equal({ ...rule, name: 'again' });
        } catch (error) {
          if (!(error instanceof MillraceError)) throw error;
          const column = Number(/^Rule, column (\d+): /.exec(error.message)?.[1]);
          expect([error.code, column >= 1 && column <= text.length + 1]).to.deep.equal(['MR_ERR_RULE_INVALID', true]);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('domain/alerts/parse-rules', () => {
  it('reads one rule a line, without comments and empty lines', () => {
    const text = '\uFEFF# the first\r\n\r\nslow: p95 > 800 by path\r\n   # and\n  errorRate > 5 % by method\nno lines';

    const rules = parseRules(text, 'a.rules');

    expect(rules.map(({ name }) => name)).to.deep.equal(['slow', 'errorRate > 5 % by method', 'no lines']);
    expect(dimensionsOf(rules)).to.deep.equal(['path', 'method']);
    expect(dimensionsOf([])).to.deep.equal([]);
  });

  const refused: readonly [string, string, string][] = [
    ['a rule that is none', 'no lines\n\n p95 ! 3', "line 3, column 6: expected '<' or '>', found '!'"],
    [
      'a name that was there',
      'a: no lines\na: p95 > 1',
      "line 2, column 1: expected a name that no rule above has, found 'a'",
    ],
    ['no rule', '# nothing\n\n', 'line 1, column 1: expected a rule such as errorsPerMinute > 30 for 2m, found none'],
    [
      'too many',
      Array.from({ length: MAX_RULES + 1 }, (_, index) => `p95 > ${index}`).join('\n'),
      `line ${MAX_RULES + 1}, column 1: expected at most ${MAX_RULES} rules, found one more`,
    ],
  ];
  for (const [what, text, message] of refused) {
    it(`refuses ${what}, and says in which line`, () => {
      expect(failureOf(() => parseRules(text, 'a.rules'))).to.equal(`a.rules ${message}`);
    });
  }
});
