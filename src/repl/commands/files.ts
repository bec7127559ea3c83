import { decodeText } from '../../domain/byte-string.js';
import type { FileRow, FilesReport } from '../../report/daemon/reports.js';
import type { Command } from '../command-table.js';
import type { FollowedFile } from '../daemon-port.js';
import { cutToAnswer } from './answer-size.js';
import { readArguments } from './arguments.js';
import { asJson, type CommandDeps } from './deps.js';
import { matchesPattern } from './matches-pattern.js';

/** The files that are followed, those furthest behind first. */
export function filesCommand({ port }: CommandDeps): Command {
  return {
    name: 'files',
    usage: '[PATTERN]',
    help: 'the files that are followed, those furthest behind first; a pattern has * and ?, or is a part of the path',
    run: async (args) => {
      const [pattern = ''] = readArguments('files', args, { maxWords: 1 }).words;
      const rows = (await port.files()).map(rowOf).filter(({ path }) => matchesPattern(path, pattern));
      const { shown, omitted } = cutToAnswer(rows.toSorted(furthestBehind));
      const report: FilesReport = { schema: 'millrace.files/1', total: rows.length, files: shown, omitted };
      return asJson(report);
    },
  };
}

function rowOf({ path, state, format, generation, offset, size, lines, malformed }: FollowedFile): FileRow {
  const behind = Math.max(0, size - offset);
  return { path: decodeText(path), state, format, generation, offset, size, behind, lines, malformed };
}

function furthestBehind(one: FileRow, other: FileRow): number {
  return other.behind - one.behind || (one.path < other.path ? -1 : 1);
}
