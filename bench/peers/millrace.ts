/** Millrace itself: a full report of every line. */
import type { Answer } from '../answer.js';
import { MAIN } from '../places.js';
import type { SummaryReport } from '../../src/report/summary-report.js';
import { type Contender, quoted } from './contender.js';

/** What is tried of Millrace: a name, and the options that make it so. */
interface Variant {
  readonly name: string;
  readonly options: string;
  readonly isPiped?: boolean;
}

/** Two workers, from a file: what the peers are compared with. */
export const MILLRACE = 'millrace';

const VARIANTS: readonly Variant[] = [
  { name: MILLRACE, options: '--workers 2' },
  { name: 'millrace, 1 worker', options: '--workers 1' },
  { name: 'millrace, stdin', options: '--workers 2', isPiped: true },
];

/** All variants; they read every kind of log. */
export function millraceContenders(): readonly Contender[] {
  return VARIANTS.map(({ name, options, isPiped = false }) => millraceContender(name, options, isPiped));
}

/** One run of Millrace with these options. */
export function millraceContender(name: string, options: string, isPiped = false): Contender {
  const analyze = `${quoted(process.execPath)} ${quoted(MAIN)} analyze --json --timezone UTC ${options}`;
  const script = isPiped ? `cat "$FILE" | ${analyze} -` : `${analyze} "$FILE"`;
  return { name, does: `full report, ${options}`, script, isSlow: false, read: (output) => answerOf(reportIn(output)) };
}

/** The report that `--json` printed. */
export function reportIn(output: string): SummaryReport {
  return JSON.parse(output) as SummaryReport; // the program's own contract
}

/** What a report tells of all lines; no lines where some were not parsed or not covered. */
function answerOf(report: SummaryReport): Answer {
  const isWhole = report.coverage.complete && report.parsed === report.lines;
  const minutes = report.windows.map(({ start, lines }) => [start.slice(0, 16), lines]);
  const areMinutes = report.windows.every(({ seconds }) => seconds === 60); // they widen over long spans
  return {
    lines: isWhole ? report.lines : 0,
    errors: report.errors.total,
    timed: report.durationMs?.count ?? 0,
    levels: report.levels,
    statuses: report.status,
    ...(areMinutes ? { minutes: Object.fromEntries(minutes) } : {}),
  };
}
