import { decodeText } from '../../domain/byte-string.js';
import type { GapsReport } from '../../report/daemon/reports.js';
import type { Command } from '../command-table.js';
import { cutToAnswer } from './answer-size.js';
import { type CommandDeps, isoOf, plainCommand } from './deps.js';

/** Bytes that were never counted, the newest first. */
export function gapsCommand({ port }: CommandDeps): Command {
  const help = 'places at which bytes were never counted, or may be, and why';
  return plainCommand({ name: 'gaps', help }, async (): Promise<GapsReport> => {
    const { timezone } = await port.status();
    const all = port.history.gaps().toReversed();
    const rows = all.map(({ path, generation, start, end, reason, notedAt }) => {
      return { path: decodeText(path), generation, start, end, reason, notedAt: isoOf(notedAt) };
    });
    const { shown, omitted } = cutToAnswer(rows);
    return { schema: 'millrace.gaps/1', timezone, total: all.length, gaps: shown, omitted };
  });
}
