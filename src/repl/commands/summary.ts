import { decodeText } from '../../domain/byte-string.js';
import { type Counts, sumOfCounts } from '../../domain/store/counts.js';
import { WIDTH_MS } from '../../domain/store/resolutions.js';
import { DIMENSIONS } from '../../domain/summary/dimensions.js';
import { type HistorySpan, spanOf, spanOfWidth } from '../../report/history-span.js';
import { reportHistory } from '../../report/history-report.js';
import type { HistoryWindows } from '../../report/history-windows.js';
import type { FileReport, SummaryReport, WindowReport } from '../../report/summary-report.js';
import type { Command } from '../command-table.js';
import type { FollowedFile, History } from '../daemon-port.js';
import { jsonBytes, MAX_ANSWER_BYTES } from './answer-size.js';
import { readArguments, readSpan } from './arguments.js';
import { asJson, type CommandDeps } from './deps.js';
import { readWindows } from './read-windows.js';

const TOP_COUNT = 10;
const WINDOW_TOP_COUNT = 3;
const MAX_FILES = 200;
/** Time stamps that are counted lie before it: 2106. */
const END_OF_TIME = 2 ** 32 * 1000;

/** The report of `analyze` over what the daemon keeps. */
export function summaryCommand({ port, now }: CommandDeps): Command {
  return {
    name: 'summary',
    usage: '[--last SPAN]',
    help: 'the report of analyze over the last 15m, 2h or 7d of event time, or over all that is kept',
    run: async (args, { signal }) => {
      const { options } = readArguments('summary', args, { options: ['--last'] });
      const last = options.get('--last') ?? null;
      const nowAt = now();
      const { history } = port;
      const [{ timezone, folding }, files] = await Promise.all([port.status(), last === null ? port.files() : []]);
      const windows =
        last === null
          ? await readAll(history, signal)
          : await readSpanOf(history, spanOf(nowAt - readSpan('summary', '--last', last), nowAt), signal);
      const shown = files.map(fileOf).toSorted((one, other) => (one.path < other.path ? -1 : 1));
      const report = reportHistory({
        windows,
        last,
        nowAt,
        timezone,
        folding,
        counts: countsIn(history),
        gaps: history.gaps().length,
        files: shown.slice(0, MAX_FILES),
        omittedFiles: Math.max(0, shown.length - MAX_FILES),
        topCount: TOP_COUNT,
      });
      return asJson(fitted(report));
    },
    complete: completeLast,
  };
}

/** Offers `--last`, and spans behind it. */
export function completeLast(args: readonly string[]): readonly string[] {
  return args.at(-2) === '--last' ? ['15m', '1h', '6h', '1d', '7d'] : ['--last'];
}

function readSpanOf(history: History, span: HistorySpan, signal: AbortSignal): Promise<HistoryWindows> {
  return readWindows(history, { span, dimensions: DIMENSIONS, topCount: WINDOW_TOP_COUNT }, signal);
}

/** All that is kept, as finely as it is kept whole: of old lines only hours may be there. */
async function readAll(history: History, signal: AbortSignal): Promise<HistoryWindows> {
  const everything = spanOfWidth(0, END_OF_TIME, WIDTH_MS['1h']);
  const hours = await readWindows(history, { span: everything, dimensions: [], topCount: 0 }, signal);
  const { firstAt, endAt } = hours.extent() ?? { firstAt: 0, endAt: 0 };
  const span = spanOf(firstAt, endAt);
  const windows = await readSpanOf(history, span, signal);
  if (windows.totals().lines >= hours.totals().lines) return windows;
  return readSpanOf(history, spanOfWidth(firstAt, endAt, Math.max(span.widthMs, WIDTH_MS['1h'])), signal);
}

function countsIn(history: History): Counts {
  return [...history.totals().values()].reduce<Counts>(sumOfCounts, new Map());
}

/** Counts by format are not kept. */
function fileOf({ path, bytes, lines, malformed }: FollowedFile): FileReport {
  return { path: decodeText(path), bytes, lines, malformed, formats: {} };
}

/** With fewer keys of each window, or none, where they are so long or many that the report is no answer with them. */
function fitted(report: SummaryReport): SummaryReport {
  if (jsonBytes(report) <= MAX_ANSWER_BYTES) return report;
  const windows = report.windows.map((window) => ({
    ...window,
    top: firstOf(window.top),
    topErrors: firstOf(window.topErrors),
  }));
  const shorter = { ...report, windows };
  if (jsonBytes(shorter) <= MAX_ANSWER_BYTES) return shorter;
  const bare = windows.map((window) => ({ ...window, top: {}, topErrors: {} }));
  return { ...report, window: { ...report.window, keys: [] }, windows: bare };
}

function firstOf(lists: WindowReport['top']): WindowReport['top'] {
  return Object.fromEntries(Object.entries(lists).map(([dimension, keys]) => [dimension, keys.slice(0, 1)]));
}
