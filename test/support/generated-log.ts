import { utimesSync } from 'node:fs';
import { LogGenerator } from '../../src/generate/generator.js';
import type { GenerateOptions } from '../../src/generate/options.js';
import type { TruthReport } from '../../src/generate/truth-report.js';
import type { Scratch } from './scratch.js';

/** A small log that spans hours, with so much dirt that each kind occurs. */
const OPTIONS: GenerateOptions = {
  format: 'combined',
  sizeBytes: 1_000_000,
  seed: 1,
  rate: 5,
  startAt: Date.UTC(2024, 0, 24),
  errors: 'burst',
  dirt: 0.02,
  routes: 60,
  paths: 2000,
  clients: 2000,
  distinct: 0,
};

/** A log in memory, with what its generator says of it. */
export interface GeneratedLog {
  readonly bytes: Buffer;
  readonly truth: TruthReport;
}

/** Generates a log; `blockBytes` is how much is taken out at a time. */
export function generatedLog(options: Partial<GenerateOptions> = {}, blockBytes?: number): GeneratedLog {
  const generator = new LogGenerator({ ...OPTIONS, ...options }, blockBytes);
  const blocks: Buffer[] = [];
  for (let block = generator.next(); block !== null; block = generator.next()) blocks.push(Buffer.from(block));
  return { bytes: Buffer.concat(blocks), truth: generator.report() };
}

/** Writes a log to a file that was modified when its last line says, which is what its stamps without year go by. */
export function writeGenerated(log: GeneratedLog, { write }: Pick<Scratch, 'write'>): string {
  const path = write('generated.log', log.bytes);
  const modifiedAt = Date.parse(log.truth.to ?? '') / 1000;
  utimesSync(path, modifiedAt, modifiedAt);
  return path;
}
