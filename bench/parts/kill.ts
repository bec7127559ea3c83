/** Question: what does it cost when a thread dies in the middle of the work, and is the digest the same? */
import { type ChaosPlan, drawFault } from '../../src/domain/chaos.js';
import { logFile } from '../log-file.js';
import { type Measured, measure, runOnce, type Trial } from '../measure.js';
import type { BenchOptions } from '../options.js';
import { trialOf } from '../peers/contender.js';
import { millraceContender, reportIn } from '../peers/millrace.js';
import { spreadOf } from '../statistics.js';
import { setMeasured, setSpread } from '../table.js';
import { heading, sizeOf } from './part.js';

const UNDISTURBED = 'undisturbed';
const KILLED = 'a thread killed in the middle';
const MAX_CHUNK_BYTES = 16 * 1024 * 1024;
const LEAST_CHUNKS = 12;
const WORKERS = 2;

export function* kill({ kinds, sizeBytes, rounds }: BenchOptions): Iterable<string> {
  for (const kind of kinds) {
    const log = logFile(kind, sizeBytes);
    const chunkBytes = Math.min(MAX_CHUNK_BYTES, Math.ceil(log.bytes / LEAST_CHUNKS));
    const options = `--workers ${WORKERS} --chunk-size ${chunkBytes}`;
    const chaos = killInTheMiddle(log.bytes, chunkBytes);
    const undisturbed = trialOf(millraceContender(UNDISTURBED, options), log);
    const killed = trialOf(millraceContender(KILLED, `${options} --chaos ${chaos}`), log);
    const { digest } = reportIn(runOnce(undisturbed).output).coverage;
    const measured = measure([expecting(undisturbed, digest, 0), expecting(killed, digest, 1)], rounds);
    yield `${heading(kind, log.bytes, log.truth.lines)}, the digest equal in every run`;
    yield setMeasured(measured, [UNDISTURBED]);
    yield costOf(measured, chunkBytes);
  }
}

/** Chaos by which one chunk of the middle third loses its thread, once, and nothing else happens. */
function killInTheMiddle(bytes: number, chunkBytes: number): string {
  const chunks = Array.from({ length: Math.ceil(bytes / chunkBytes) }, (_, index) => index);
  const exit = Number((1 / chunks.length).toFixed(6));
  const isHit = (plan: ChaosPlan, chunk: number, attempt: number): boolean => {
    const range = { start: chunk * chunkBytes, end: Math.min((chunk + 1) * chunkBytes, bytes) };
    return drawFault(plan, range, attempt) !== null;
  };
  for (let seed = 1; ; seed += 1) {
    const plan: ChaosPlan = { rates: { crash: 0, exit, hang: 0, slow: 0, duplicate: 0 }, seed };
    const [hit = 0, ...others] = chunks.filter((chunk) => isHit(plan, chunk, 1));
    const isMiddle = hit >= chunks.length / 3 && hit < (2 * chunks.length) / 3;
    if (isMiddle && others.length === 0 && !isHit(plan, hit, 2)) return `exit=${exit},seed=${seed}`;
  }
}

/** A trial whose report must have this digest and this number of retries, too. */
function expecting(trial: Trial, digest: string | null, retried: number): Trial {
  const check = (output: string): string | null => {
    const { coverage } = reportIn(output);
    if (coverage.digest !== digest) return `digest ${coverage.digest} instead of ${digest}`;
    if (coverage.retried !== retried) return `${coverage.retried} chunks retried instead of ${retried}`;
    return trial.check(output);
  };
  return { ...trial, check };
}

function costOf([undisturbed, killed]: readonly Measured[], chunkBytes: number): string {
  const { wallMs: base = [], bytes = 0 } = undisturbed ?? {};
  const extraSeconds = (killed?.wallMs ?? []).map((ms, round) => (ms - (base[round] ?? Number.NaN)) / 1000);
  const chunkSeconds = base.map((ms) => (ms * WORKERS * chunkBytes) / bytes / 1000);
  return [
    `The kill costs ${setSpread(spreadOf(extraSeconds), 's')};`,
    `a chunk of ${sizeOf(chunkBytes)} takes a thread ${setSpread(spreadOf(chunkSeconds), 's')}, its share of the start-up included.`,
  ].join(' ');
}
