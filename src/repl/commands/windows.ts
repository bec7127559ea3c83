import { RESOLUTIONS, type Resolution, WIDTH_MS } from '../../domain/store/resolutions.js';
import { DIMENSIONS } from '../../domain/summary/dimensions.js';
import type { WindowsReport } from '../../report/daemon/reports.js';
import { spanOfWidth } from '../../report/history-span.js';
import type { Command } from '../command-table.js';
import { cutToAnswer } from './answer-size.js';
import { readArguments, readChoice, readSpan } from './arguments.js';
import { asJson, type CommandDeps, isoOf } from './deps.js';
import { readWindows } from './read-windows.js';
import { completeLast } from './summary.js';

const DEFAULT_LAST = '1h';
/** Keys of a window. */
const TOP_COUNT = 5;
/** Windows that are read at most; of more only the newest would fit into an answer. */
const MAX_WINDOWS = 4000;

/** The windows of history, with the keys of one dimension where asked for. */
export function windowsCommand({ port, now }: CommandDeps): Command {
  return {
    name: 'windows',
    usage: `[--last SPAN] [--width ${RESOLUTIONS.join('|')}] [--by DIMENSION]`,
    help: 'the windows of the last hour, or of the span given; --by path lists the paths with most errors in each',
    run: async (args, { signal }) => {
      const { options } = readArguments('windows', args, { options: ['--last', '--width', '--by'] });
      const lastMs = readSpan('windows', '--last', options.get('--last') ?? DEFAULT_LAST);
      const asked = options.get('--width');
      const width = asked === undefined ? widthFor(lastMs) : readChoice('windows', ['--width', asked], RESOLUTIONS);
      const dimension = options.get('--by');
      const by = dimension === undefined ? null : readChoice('windows', ['--by', dimension], DIMENSIONS);
      const nowAt = now();
      const fromAt = Math.max(nowAt - lastMs, nowAt - MAX_WINDOWS * WIDTH_MS[width]);
      const span = spanOfWidth(fromAt, nowAt, WIDTH_MS[width]);
      const { timezone } = await port.status();
      const wanted = { span, dimensions: by === null ? [] : [by], topCount: by === null ? 0 : TOP_COUNT };
      const windows = (await readWindows(port.history, wanted, signal)).list();
      const { shown, omitted } = cutToAnswer(windows.toReversed());
      const report: WindowsReport = {
        schema: 'millrace.windows/1',
        timezone,
        from: isoOf(span.fromAt),
        to: isoOf(span.toAt),
        seconds: span.widthMs / 1000,
        by,
        windows: shown.toReversed(),
        omitted,
      };
      return asJson(report);
    },
    complete: (args) => {
      const before = args.at(-2);
      if (before === '--width') return RESOLUTIONS;
      if (before === '--by') return DIMENSIONS;
      return before === '--last' ? completeLast(args) : ['--by', '--last', '--width'];
    },
  };
}

/** A screen or two of windows. */
function widthFor(lastMs: number): Resolution {
  return RESOLUTIONS.find((resolution) => lastMs <= 60 * WIDTH_MS[resolution]) ?? '1h';
}
