/** All inputs of a job as one source of chunks: files one after another, streams whenever they have something. */
import type { ChunkSpan } from '../domain/chunk.js';
import type { ChunkSource, SourceStep } from '../domain/chunk-source.js';
import type { FilePlan } from '../domain/plan.js';
import type { InputFailure } from './discover.js';
import { FileSource } from './file-source.js';
import { type OpenInput, type PlannedJob, seedOf } from './plan-job.js';
import { SlotRing } from './slot-ring.js';
import { slotBytesFor, StreamSource } from './stream-source.js';

/** Sizes of a job's source. */
export interface JobSourceOptions {
  readonly chunkBytes: number;
  /** Slots of the ring: chunks in flight, and some that are being filled. */
  readonly slots: number;
}

export class JobSource implements ChunkSource {
  /** The ring's buffers, for the threads; empty for a job without streams. */
  readonly slots: readonly SharedArrayBuffer[];
  private readonly plans: FilePlan[];
  private readonly sources: readonly (FileSource | StreamSource)[];
  private readonly streams: readonly {
    readonly source: StreamSource;
    readonly input: OpenInput & { kind: 'stream' };
  }[];
  /** Sources before this one are drained files. */
  private current = 0;
  private wasStopped = false;

  constructor(job: PlannedJob, options: JobSourceOptions) {
    this.plans = [...job.plans];
    const hasStreams = job.inputs.some((input) => input.kind === 'stream');
    const ring = new SlotRing(hasStreams ? options.slots : 0, slotBytesFor(options.chunkBytes));
    this.slots = ring.buffers;
    const streams: { source: StreamSource; input: OpenInput & { kind: 'stream' } }[] = [];
    this.sources = job.inputs.map((input) => {
      if (input.kind === 'file') return new FileSource(input.planned, options.chunkBytes, input.descriptor);
      const source = this.streamSource(input, ring, options);
      streams.push({ source, input });
      return source;
    });
    this.streams = streams;
  }

  /** Starts to read the streams. */
  start(): void {
    for (const { source, input } of this.streams) void source.run(input.open);
  }

  /** Cuts no more files and reads no more from streams; what was cut or has arrived is still to be settled. */
  stop(): void {
    for (const source of this.sources) if (source.stop()) this.wasStopped = true;
  }

  /** True where `stop` left something unread. */
  get isPartial(): boolean {
    return this.wasStopped;
  }

  next(): SourceStep {
    let isWaiting = false;
    for (let index = this.current; index < this.sources.length; index += 1) {
      const step = this.sources[index]?.next() ?? { type: 'drained' };
      if (step.type === 'chunk') return step;
      if (step.type === 'waiting') isWaiting = true;
      if (!isWaiting) this.current = index + 1;
    }
    return { type: isWaiting ? 'waiting' : 'drained' };
  }

  settle(span: ChunkSpan): void {
    this.sources[span.file]?.settle(span);
  }

  giveUp(span: ChunkSpan): void {
    this.settle(span);
  }

  onReady(listener: () => void): void {
    for (const { source } of this.streams) source.onReady(listener);
  }

  /** The plan of a file, with the seed that a stream has since its first bytes. */
  planOf(file: number): FilePlan {
    const plan = this.plans[file];
    if (plan === undefined) throw new RangeError(`No file ${file} in this job`);
    return plan;
  }

  descriptorOf(file: number): number | null {
    const source = this.sources[file];
    return source instanceof FileSource ? source.openDescriptor : null;
  }

  /** Bytes of each file that must be accounted for: as planned, or what a stream gave until now. */
  sizes(): readonly number[] {
    return this.plans.map((plan, file) => {
      const source = this.sources[file];
      return plan.sizeBytes ?? (source instanceof StreamSource ? source.sizeBytes : 0);
    });
  }

  /** Bytes of all files; null while there is a stream. */
  totalBytes(): number | null {
    return this.streams.length > 0 ? null : this.sizes().reduce((sum, size) => sum + size, 0);
  }

  /** What could not be opened, or not be read to its end. */
  failures(): readonly InputFailure[] {
    return this.sources.flatMap((source, file) => {
      const { path } = this.planOf(file);
      return source.failure === null ? [] : [{ path, error: source.failure }];
    });
  }

  close(): void {
    for (const source of this.sources) if (source instanceof FileSource) source.close();
  }

  private streamSource(input: OpenInput & { kind: 'stream' }, ring: SlotRing, options: JobSourceOptions): StreamSource {
    const onHead = (head: Buffer): void => {
      this.plans[input.file] = { ...this.planOf(input.file), seed: seedOf(head) };
    };
    return new StreamSource(ring, { file: input.file, path: input.path, chunkBytes: options.chunkBytes, onHead });
  }
}
