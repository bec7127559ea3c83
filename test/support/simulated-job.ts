import type { Behavior } from '../../src/actors/system.js';
import { createActorSystem } from '../../src/actors/system.js';
import { type JobActors, type JobResult, jobActors, superviseJob } from '../../src/app/job-actors.js';
import { monotonicNow, systemScheduler } from '../../src/app/system-scheduler.js';
import type { ChaosPlan } from '../../src/domain/chaos.js';
import type { ChunkDispatcher } from '../../src/domain/chunk-dispatcher.js';
import { digestInput } from '../../src/domain/digest-input.js';
import type { Fault } from '../../src/domain/errors.js';
import type { FilePlan } from '../../src/domain/plan.js';
import { type NewSummaryMerger, ReferenceMerger } from '../../src/domain/summary/summary-merger.js';
import { freezeMessages } from './frozen-messages.js';
import { MemorySource } from './memory-source.js';
import { SUMMARY_PLAN } from './plan-of.js';

/** A log of our own: 400 lines of which each differs. */
export const CONTENT = Buffer.from(
  Array.from({ length: 400 }, (_, index) => {
    const at = new Date(Date.UTC(2024, 5, 1) + index * 1700).toISOString().replace('T', ' ').slice(0, 23);
    return `${at} ${index % 9 === 0 ? 'ERROR' : 'INFO'} Order ${index} processed in ${index + 1}ms\n`;
  }).join(''),
);

/** The plan of `CONTENT`. */
export const PLAN: FilePlan = {
  index: 0,
  path: 'memory.log',
  startsAt: 0,
  sizeBytes: CONTENT.length,
  seed: 7,
  formats: ['plain'],
  timezone: 'UTC',
  referenceAt: Date.UTC(2024, 5, 2),
  endPolicy: 'final',
};

/** What a simulated job is run with; all but the dispatcher has defaults. */
export interface Simulation {
  readonly dispatcher: ChunkDispatcher;
  readonly chunkBytes?: number;
  readonly leaseMs?: number;
  readonly chaos?: ChaosPlan;
  /** The reference where absent. */
  readonly newMerger?: NewSummaryMerger;
  /** Wraps the behaviors, to make them fail. */
  readonly wrap?: <State, Message>(
    name: 'analyzer' | 'coordinator',
    behavior: Behavior<State, Message>,
  ) => Behavior<State, Message>;
}

/** The outcome of a simulated job. */
export interface SimulatedResult extends JobResult {
  readonly digest: string;
  readonly source: MemorySource;
  /** Paths of the actors that were sent bytes which somebody changed later. */
  readonly changedBytes: readonly string[];
  /** Faults of the Analyzer and the Coordinator, by name. */
  readonly faults: readonly (readonly [string, Fault['code']])[];
}

/**
 * Runs the real actors over `CONTENT`, with leases and heartbeats in milliseconds, and with messages that nobody can
 * change. Rejects where the job fails.
 */
export async function simulateJob(simulation: Simulation): Promise<SimulatedResult> {
  const source = new MemorySource(CONTENT, simulation.chunkBytes ?? 2000);
  const faults: [string, Fault['code']][] = [];
  let end: (result: JobResult) => void = () => undefined;
  let fail: (fault: Fault) => void = () => undefined;
  const ended = new Promise<JobResult>((resolve, reject) => {
    end = resolve;
    fail = ({ code }) => reject(new Error(code));
  });
  const system = createActorSystem('simulation', { onFatal: fail });
  const changedBytes = freezeMessages(system);
  const actors = wrapped(
    jobActors({
      source,
      dispatcher: simulation.dispatcher,
      newMerger: simulation.newMerger ?? (() => new ReferenceMerger(SUMMARY_PLAN)),
      sizes: [CONTENT.length],
      now: monotonicNow,
      onEnded: end,
      policy: {
        maxInFlight: 4,
        leaseMs: simulation.leaseMs ?? 60,
        retry: { maxAttempts: 4, maxKills: 2, baseDelayMs: 1, maxDelayMs: 10 },
        circuit: { maxFailuresInRow: 8, openMs: 20 },
        tickMs: 5,
        chaos: simulation.chaos ?? null,
      },
    }),
    simulation,
  );
  const job = superviseJob(system, actors, {
    scheduler: systemScheduler(),
    now: monotonicNow,
    tickMs: 5,
    restarts: { maxRestarts: 3, withinMs: 10_000, baseDelayMs: 1, maxDelayMs: 10 },
    maxSilentTicks: 10,
    onChildFault: (name, { code }) => faults.push([name, code]),
  });
  try {
    const result = await ended;
    return { ...result, source, faults, changedBytes: changedBytes(), digest: digestOf(result) };
  } finally {
    job.stopTicking();
    await system.stop();
  }
}

function digestOf({ merged }: JobResult): string {
  const { state } = merged;
  const input = digestInput({
    summary: state.encodedSummary(),
    accounts: state.accounts,
    timezone: 'UTC',
    formats: ['plain'],
    ...SUMMARY_PLAN,
  });
  return Buffer.from(input).toString('hex');
}

function wrapped(actors: JobActors, { wrap }: Simulation): JobActors {
  if (wrap === undefined) return actors;
  return {
    ...actors,
    analyzer: () => wrap('analyzer', actors.analyzer()),
    coordinator: (analyzer) => wrap('coordinator', actors.coordinator(analyzer)),
  };
}
