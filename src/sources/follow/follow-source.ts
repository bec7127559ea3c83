/**
 * Followed files as a source of chunks. What comes back of them, in any order and in parts, lands in the order of the bytes
 * of each file, verified: a later chunk waits for those before it, and is read again where one of them is.
 */
import { type ByteString, decodeText } from '../../domain/byte-string.js';
import type { Chunk, ChunkSpan } from '../../domain/chunk.js';
import type { ChunkReport } from '../../domain/chunk-report.js';
import type { SourceStep } from '../../domain/chunk-source.js';
import type { Fault } from '../../domain/errors.js';
import type { Piece } from '../../domain/follow/chunk-parts.js';
import type { FileKey, FollowedStream, GrowthChunk } from '../../domain/follow/followed-stream.js';
import { hash32 } from '../../domain/hash.js';
import type { FollowStep, GrowthSource, Landing, LinePlan } from '../../domain/follow/growth-source.js';
import type { FilePlan } from '../../domain/plan.js';
import { isDeadly } from '../../domain/supervision.js';
import type { Follower } from './follower.js';
import { GrowthTicket } from './growth-ticket.js';

/** The plan of the generation that a file has now. */
export interface KnownPlan {
  readonly generation: number;
  readonly lines: LinePlan;
}

/** What the source is made of. */
export interface FollowSourceDeps {
  readonly follower: Follower;
  /** Those of the last commit, by which the follower was made. */
  readonly rows: readonly FollowedStream[];
  readonly plans: ReadonlyMap<FileKey, KnownPlan>;
  /** What the user decided of the meaning of lines. */
  readonly formats: readonly string[];
  readonly timezone: string;
  /** Told when something landed that nobody asked for. */
  readonly onLanded: () => void;
}

export class FollowSource implements GrowthSource {
  readonly #deps: FollowSourceDeps;
  readonly #rows: Map<FileKey, FollowedStream>;
  readonly #plans: Map<FileKey, KnownPlan>;
  readonly #tickets = new Map<number, GrowthTicket>();
  /** By file, in the order of bytes. */
  readonly #queues = new Map<FileKey, GrowthTicket[]>();
  #landings: Landing[] = [];
  #lastIndex = -1;
  #isStopped = false;
  #onDrained: () => void = () => undefined;

  constructor(deps: FollowSourceDeps) {
    this.#deps = deps;
    this.#rows = new Map(deps.rows.map((row) => [row.key, row]));
    this.#plans = new Map(deps.plans);
  }

  scan(): FollowStep {
    const step = this.#deps.follower.step();
    for (const row of step.rows) this.#rows.set(row.key, row);
    for (const key of step.forgotten) {
      this.#rows.delete(key);
      this.#plans.delete(key);
    }
    return step;
  }

  next(): SourceStep {
    if (this.#isStopped) return { type: 'drained' };
    const growth = this.#deps.follower.next();
    if (growth === null) return { type: 'waiting' };
    const { start, end } = growth;
    this.#lastIndex += 1;
    const ticket = new GrowthTicket(growth, this.#planOfChunk(growth, this.#lastIndex));
    this.#tickets.set(this.#lastIndex, ticket);
    this.#enqueue(ticket);
    return { type: 'chunk', span: { file: this.#lastIndex, start, end, slot: null } };
  }

  take(chunk: Chunk, report: ChunkReport): void {
    const ticket = this.#tickets.get(chunk.file);
    if (ticket === undefined) return;
    if (!ticket.parts.add(chunk, report)) return;
    ticket.chunks.push(chunk);
    if (ticket.isVoid) this.#landVoid(ticket);
    else this.#flush(ticket.growth.key);
  }

  takeLandings(): readonly Landing[] {
    const landings = this.#landings;
    this.#landings = [];
    return landings;
  }

  committed(key: FileKey): void {
    this.#deps.follower.settled(key);
  }

  settle(span: ChunkSpan): void {
    if (!this.#tickets.get(span.file)?.close(span.end - span.start)) return;
    this.#tickets.delete(span.file);
    if (this.#isStopped && this.#tickets.size === 0) this.#onDrained();
  }

  /** A line that kills whoever reads it is lost; what cannot be read now is read again later, with all behind it. */
  giveUp(span: ChunkSpan, fault: Fault | null): void {
    const ticket = this.#tickets.get(span.file);
    if (ticket === undefined) return;
    this.settle(span);
    if (fault !== null && isDeadly(fault)) ticket.parts.addLost(span, fault);
    else if (!ticket.isVoid) this.#voidFrom(ticket, fault?.message ?? null);
    this.#flush(ticket.growth.key);
    if (this.#landings.length > 0) this.#deps.onLanded();
  }

  /** Cuts no more; resolves when all that was cut is settled. */
  stop(): Promise<void> {
    this.#isStopped = true;
    return new Promise((resolve) => {
      this.#onDrained = resolve;
      if (this.#tickets.size === 0) resolve();
    });
  }

  /** A source without end has no sizes. */
  sizes(): readonly number[] {
    return [];
  }

  onReady(): void {} // whoever scans tells

  planOf(file: number): FilePlan {
    const ticket = this.#tickets.get(file);
    if (ticket === undefined) throw new RangeError(`No chunk ${file} is in flight`);
    return ticket.plan;
  }

  descriptorOf(file: number): number | null {
    const ticket = this.#tickets.get(file);
    return ticket === undefined || ticket.isVoid ? null : this.#deps.follower.descriptorOf(ticket.growth);
  }

  /** Lands what is in at the head of the queue of a file. */
  #flush(key: FileKey): void {
    const queue = this.#queues.get(key) ?? [];
    for (let head = queue[0]; head !== undefined; head = queue[0]) {
      if (head.isVoid || !this.#deps.follower.isInFlight(head.growth)) this.#voidOne(head);
      else if (!head.parts.isWhole) break;
      else if (!this.#land(head)) this.#voidOne(head);
      queue.shift();
    }
    if (queue.length === 0) this.#queues.delete(key);
  }

  /** Counts a chunk; false where what was read of it is not what the file holds there. */
  #land(ticket: GrowthTicket): boolean {
    const { growth } = ticket;
    const { key, generation, start } = growth;
    const before = this.#rows.get(key);
    const pieces = before?.generation === generation && before.offset === start ? ticket.parts.pieces() : null;
    const row = pieces === null ? null : this.#deps.follower.accept(growth, scannedEnd(growth, pieces));
    if (row === null || pieces === null) return false;
    this.#rows.set(key, row);
    const landed = { row, generation, lines: ticket.plan, pieces, chunks: ticket.takeChunks() };
    this.#landings.push({ type: 'counted', ...landed });
    return true;
  }

  #voidFrom(first: GrowthTicket, why: string | null): void {
    const queue = this.#queues.get(first.growth.key) ?? [];
    const from = queue.indexOf(first);
    for (const ticket of from < 0 ? [first] : queue.slice(from)) this.#voidOne(ticket, ticket === first ? why : null);
  }

  #voidOne(ticket: GrowthTicket, why: string | null = null): void {
    ticket.isVoid = true;
    this.#deps.follower.giveBack(ticket.growth, why);
    this.#landVoid(ticket);
  }

  #landVoid(ticket: GrowthTicket): void {
    const chunks = ticket.takeChunks();
    if (chunks.length > 0) this.#landings.push({ type: 'void', chunks });
  }

  #enqueue(ticket: GrowthTicket): void {
    const { key } = ticket.growth;
    const queue = this.#queues.get(key);
    if (queue === undefined) this.#queues.set(key, [ticket]);
    else queue.push(ticket);
  }

  #planOfChunk(growth: GrowthChunk, index: number): FilePlan {
    const { key, start, end, isFinal } = growth;
    const row = this.#rows.get(key);
    const lines = this.#linesOf(growth, row?.head || growth.head);
    const endPolicy = isFinal ? 'final' : 'growing';
    return { ...lines, index, path: decodeText(row?.path ?? ''), startsAt: start, sizeBytes: end, endPolicy };
  }

  #linesOf({ key, generation }: GrowthChunk, head: ByteString): LinePlan {
    const known = this.#plans.get(key);
    if (known?.generation === generation) return known.lines;
    const { formats, timezone, follower } = this.#deps;
    const lines = { formats, timezone, seed: hash32(head), referenceAt: follower.modifiedAt(key) };
    this.#plans.set(key, { generation, lines });
    return lines;
  }
}

/** The bytes before the end of a chunk as they were scanned; of a line that was lost, as they were when it was cut. */
function scannedEnd({ end, marker }: GrowthChunk, pieces: readonly Piece<ChunkReport>[]): ByteString {
  const last = pieces.at(-1);
  return last?.type === 'read' && last.report.readTo === end ? last.report.before : marker;
}
