/** `millrace generate`: a log of the size that was asked for, and the truth about it. */
import { rmSync, writeFileSync } from 'node:fs';
import { LogGenerator } from '../../generate/generator.js';
import type { TruthReport } from '../../generate/truth-report.js';
import { escapeTerminal } from '../../report/escape-terminal.js';
import { formatAmount, formatBytes } from '../../report/numbers.js';
import { attempt, type BlockOutput, openFileOutput, standardOutput } from '../block-output.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { GenerateConfig } from '../generate-config.js';
import { writeOut } from '../output.js';

/** Writes one log; resolves with the exit code. @throws MR_ERR_OUTPUT_WRITE */
export async function generate({ options, out, truth }: GenerateConfig): Promise<ExitCode> {
  const output = out === null ? standardOutput() : openFileOutput(out);
  const truthPath = truth ?? (out !== null && output.isFile ? `${out}.truth.json` : null);
  forget(truthPath);
  const generator = new LogGenerator(options);
  if (!(await writeAll(generator, output))) return EXIT.fine; // a truth about what nobody read helps nobody
  const report = generator.report();
  output.close(report.to === null ? null : Date.parse(report.to));
  if (truthPath !== null) await writeTruth(truthPath, report);
  if (out !== null && truthPath !== '-') await writeOut(summaryOf(out, truthPath, report));
  return EXIT.fine;
}

/** Takes the truth about an earlier log away, lest it is believed of this one while it is written. */
function forget(truthPath: string | null): void {
  if (truthPath !== null && truthPath !== '-') attempt(truthPath, () => rmSync(truthPath, { force: true }));
}

/** False where the reader had enough. */
async function writeAll(generator: LogGenerator, output: BlockOutput): Promise<boolean> {
  for (let block = generator.next(); block !== null; block = generator.next()) {
    if (!(await output.write(block))) return false;
  }
  return true;
}

async function writeTruth(path: string, report: TruthReport): Promise<void> {
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (path === '-') await writeOut(text);
  else attempt(path, () => writeFileSync(path, text));
}

function summaryOf(out: string, truthPath: string | null, { bytes, lines, from, to }: TruthReport): string {
  const span = from === null ? '' : ` · ${from} → ${to}`;
  const truth = truthPath === null ? '' : ` · truth in ${escapeTerminal(truthPath)}`;
  return `${escapeTerminal(out)} · ${formatBytes(bytes)} · ${formatAmount(lines, 'line')}${span}${truth}\n`;
}
