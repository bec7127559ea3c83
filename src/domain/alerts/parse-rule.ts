/** Reads alert rules. The grammar is written down in docs/alerts.md; it is read by hand, in one pass. */
import { type Dimension, DIMENSIONS } from '../summary/dimensions.js';
import { type AlertRule, type Bound, type Metric, METRICS, VALUE_SPAN_MS } from './alert-rule.js';
import { refuseAt, RuleReader } from './rule-reader.js';

/** UTF-16 units of the longest rule. */
export const MAX_RULE_LENGTH = 500;

const METRIC_NAMES = Object.keys(METRICS) as readonly Metric[]; // its own keys
const CONDITION = `'no' or one of ${METRIC_NAMES.join(', ')}`;
const NUMBER = 'a number';
/** Nothing but 0 is below. */
const BELOW_ANY: Bound = { isAbove: false, threshold: Number.MIN_VALUE };

/** What follows the condition; null until it is read. */
interface Clauses {
  forMs: number | null;
  by: Dimension | null;
  clearBound: Bound | null;
  clearForMs: number | null;
}

type Condition = Pick<AlertRule, 'metric' | 'spanMs' | 'bound'>;

/** Reads one rule. `where` names it in errors, such as `alerts.rules line 3`. @throws MR_ERR_RULE_INVALID, and nothing else */
export function parseRule(line: string, where = 'Rule'): AlertRule {
  if (line.length > MAX_RULE_LENGTH) {
    throw refuseAt(where, MAX_RULE_LENGTH + 1, `at most ${MAX_RULE_LENGTH} characters`, `${line.length}`);
  }
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).trim();
  if (colon >= 0 && name === '') throw refuseAt(where, 1, "a name before ':'", 'none');
  const text = line.slice(colon + 1);
  const reader = new RuleReader(text, colon + 2, where);
  const condition = readCondition(reader);
  const { forMs, by, clearBound, clearForMs } = readClauses(reader, condition);
  return {
    name: name === '' ? text.trim() : name,
    text: text.trim(),
    ...condition,
    forMs: forMs ?? 0,
    by,
    clearBound,
    clearForMs: condition.spanMs === null ? 0 : (clearForMs ?? forMs ?? 0), // one line is enough against 'no lines'
  };
}

function readCondition(reader: RuleReader): Condition {
  const first = reader.choice(['no', ...METRIC_NAMES], CONDITION);
  if (first !== 'no') return { metric: first, spanMs: VALUE_SPAN_MS, bound: readBound(reader, first) };
  const what = reader.choice(['lines', 'requests'], "'lines' or 'requests'");
  const metric = what === 'lines' ? 'linesPerSecond' : 'requestsPerSecond';
  return { metric, spanMs: null, bound: BELOW_ANY };
}

function readBound(reader: RuleReader, metric: Metric): Bound {
  const isAbove = reader.choice(['<', '>'], "'<' or '>'") === '>';
  const number = reader.number(NUMBER);
  return { isAbove, threshold: number * readUnit(reader, metric) };
}

/** Reads the unit of a threshold; what one of it is in the unit of the metric. */
function readUnit(reader: RuleReader, metric: Metric): number {
  const { unit } = METRICS[metric];
  if (unit === '%') reader.choice(['%'], "'%'");
  if (unit !== 'ms') return 1;
  if (reader.take('s')) return 1000;
  reader.take('ms');
  return 1;
}

function readClauses(reader: RuleReader, condition: Condition): Clauses {
  const clauses: Clauses = { forMs: null, by: null, clearBound: null, clearForMs: null };
  const isFree = { for: true, by: true, resolve: condition.spanMs !== null };
  while (!reader.isAtEnd) {
    const open = (['for', 'by', 'resolve'] as const).filter((name) => isFree[name]);
    const clause = reader.choice(open, `${open.map((name) => `'${name}', `).join('')}or the end`.replace(/^or /, ''));
    isFree[clause] = false;
    if (clause === 'for') clauses.forMs = reader.timeMs();
    else if (clause === 'by') clauses.by = readKey(reader, condition.metric);
    else Object.assign(clauses, readClearing(reader, condition));
  }
  return clauses;
}

function readKey(reader: RuleReader, metric: Metric): Dimension {
  if (!METRICS[metric].isByKey)
    throw reader.refuse(`no 'by', since ${metric} is not counted by key`, reader.mark() - 1);
  return reader.choice(DIMENSIONS, `one of ${DIMENSIONS.join(', ')}`);
}

/** A rule resolves on the other side of its threshold, or there would be values at which it does both. */
function readClearing(reader: RuleReader, { metric, bound }: Condition): Pick<Clauses, 'clearBound' | 'clearForMs'> {
  const sign = bound.isAbove ? '<' : '>';
  reader.choice([sign], `'${sign}', the other side than that of the rule`);
  const mark = reader.mark();
  const threshold = reader.number(NUMBER) * readUnit(reader, metric);
  const isBeyond = bound.isAbove ? threshold > bound.threshold : threshold < bound.threshold;
  if (isBeyond) throw reader.refuse(`a number not ${bound.isAbove ? 'above' : 'below'} that of the rule`, mark);
  return {
    clearBound: { isAbove: !bound.isAbove, threshold },
    clearForMs: reader.take('for') ? reader.timeMs() : null,
  };
}
