/**
 * Question: how long does a full analysis of 1 GB take, and how much memory, beside commands that do far less?
 *
 * `npm run bench [-- SIZE_MB [ROUNDS [KIND…]]]` writes its logs to bench/data, runs every command in turn, and prints the table
 * that stands in RESULTS.md. Every answer is checked before anything is timed.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { LOG_KINDS, type LogKind, writeLog } from './make-logs.js';
import { type Contender, has, type Measured, measure, median } from './measure.js';

const MAIN = fileURLToPath(new URL('../src/app/main.js', import.meta.url));
const NAIVE = fileURLToPath(new URL('./naive-loop.js', import.meta.url));
const DATA = fileURLToPath(new URL('../../bench/data/', import.meta.url));
const sizeMb = Number(process.argv[2] ?? 1000);
const rounds = Number(process.argv[3] ?? 3);
const kinds = LOG_KINDS.filter((kind) => process.argv.length < 5 || process.argv.slice(4).includes(kind));

mkdirSync(DATA, { recursive: true });
console.log(heading());
for (const kind of kinds) {
  const file = `${DATA}${kind}-${sizeMb}.log`;
  const lines = writeLog(file, kind, sizeMb * 1e6);
  const { size } = statSync(file);
  const measured = measure(contenders(kind, lines), file, rounds);
  console.log(table({ kind, lines, size }, measured));
}

function contenders(kind: LogKind, lines: number): readonly Contender[] {
  const analyze = `${process.execPath} ${MAIN} analyze --json --timezone UTC`;
  const checkReport = (output: string): string | null => {
    const report = JSON.parse(output) as { lines: number; parsed: number; coverage: { complete: boolean } };
    if (report.lines !== lines || report.parsed !== lines) return `${report.parsed} of ${lines} lines parsed`;
    return report.coverage.complete ? null : 'the coverage is incomplete';
  };
  const ours = (name: string, script: string): Contender => ({ name, script, check: checkReport });
  return [
    { name: 'wc -l', script: 'wc -l <"$FILE"', check: (output) => differs(Number(output), lines) },
    ours('millrace, 2 workers', `${analyze} --workers 2 "$FILE"`),
    ours('millrace, 1 worker', `${analyze} --workers 1 "$FILE"`),
    ours('millrace, 2 workers, stdin', `cat "$FILE" | ${analyze} --workers 2 -`),
    ...(kind === 'plain' ? plainPeers(lines) : []),
  ];
}

/** Levels, number of durations and their sum: a small part of what a report holds. */
function plainPeers(lines: number): readonly Contender[] {
  const program =
    '{ l[$3]++; if (match($0, / in [0-9]+ms$/)) { n++; s += substr($0, RSTART + 4, RLENGTH - 6) } } END { print n, s }';
  const awk = has('mawk') ? 'mawk' : 'awk';
  return [
    {
      name: `${awk}, levels and mean`,
      script: `${awk} '${program}' "$FILE"`,
      check: (output) => differs(Number.parseInt(output, 10), lines),
    },
    {
      name: 'Node, readline and a regular expression',
      script: `${process.execPath} ${NAIVE} "$FILE"`,
      check: (output) => differs((JSON.parse(output) as { count: number }).count, lines),
    },
  ];
}

function differs(found: number, expected: number): string | null {
  return found === expected ? null : `${found} where ${expected} was expected`;
}

function heading(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const [cpu] = cpus();
  return `Node ${process.version}, commit ${commit}, ${cpus().length} x ${cpu?.model ?? 'unknown'}, ${rounds} rounds in turn\n`;
}

interface Input {
  readonly kind: LogKind;
  readonly lines: number;
  readonly size: number;
}

function table({ kind, lines, size }: Input, measured: readonly Measured[]): string {
  const base = median(measured[0]?.wallMs ?? []);
  const rows = measured.map(({ name, wallMs, maxRssBytes }) => {
    const middle = median(wallMs);
    const spread = `${(Math.min(...wallMs) / 1000).toFixed(2)}-${(Math.max(...wallMs) / 1000).toFixed(2)}`;
    const memory = maxRssBytes === null ? '' : `${Math.round(maxRssBytes / 1e6)} MB`;
    return `| ${name} | ${(middle / 1000).toFixed(2)} s | ${spread} | ${Math.round(size / 1000 / middle)} MB/s | ${(middle / base).toFixed(1)} x | ${memory} |`;
  });
  return [
    `**${kind}**: ${(size / 1e6).toFixed(0)} MB, ${lines.toLocaleString('en')} lines`,
    '',
    '| command | median | min-max | rate | to wc -l | peak memory |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
