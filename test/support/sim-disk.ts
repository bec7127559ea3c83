/**
 * A disk in memory with a clock of its own, so that a run repeats from its seed: files in one directory, inodes that are
 * used again, time stamps as coarse as those of a kernel.
 */
import type { ByteString } from '../../src/domain/byte-string.js';
import type { FileStats, FollowFiles } from '../../src/sources/follow/follow-files.js';
import type { RotatedDisk } from './rotated-disk.js';

/** Steps of time stamps: a tick of Linux at 250 Hz. */
const TICK_NS = 4_000_000n;
/** What a system call takes. */
const CALL_NS = 20_000n;
/** 2026-01-24T10:15:32Z. */
const START_NS = 1_769_249_732_000_000_000n;

interface Node {
  readonly ino: bigint;
  readonly birthtimeNs: bigint;
  bytes: Buffer;
  size: number;
  mtimeNs: bigint;
  ctimeNs: bigint;
  /** Names and descriptors; without any its inode is free. */
  uses: number;
}

export class SimDisk implements RotatedDisk {
  readonly #directory: string;
  readonly #names = new Map<string, Node>();
  readonly #descriptors = new Map<number, Node>();
  readonly #freeInodes: bigint[] = [];
  #lastInode = 100n;
  #lastDescriptor = 10;
  #nowNs = START_NS;

  constructor(directory: string) {
    this.#directory = directory;
  }

  readonly clock = {
    monotonicMs: (): number => Number((this.#nowNs - START_NS) / 1000n) / 1000,
    epochMs: (): number => Number(this.#nowNs / 1_000_000n),
  };

  /** Lets time go by. */
  pass(ms: number): void {
    this.#nowNs += BigInt(Math.round(ms * 1e6));
  }

  /** The disk as the follower sees it. */
  readonly files: FollowFiles = {
    stat: (path) => {
      this.#tick();
      const node = this.#names.get(path);
      return node === undefined ? null : statsOf(node);
    },
    statOpen: (descriptor) => {
      this.#tick();
      return statsOf(this.#nodeOf(descriptor));
    },
    list: () => {
      this.#tick();
      return [...this.#names.keys()].map((path) => entry(path.slice(this.#directory.length + 1)));
    },
    resolve: (directory) => directory,
    open: (path) => this.#opened(this.#nodeAt(path)),
    close: (descriptor) => this.close(descriptor),
    read: (descriptor, target, position) => {
      this.#tick();
      const { bytes, size } = this.#nodeOf(descriptor);
      return bytes.copy(target, 0, Math.min(position, size), Math.min(size, position + target.length));
    },
  };

  exists(path: string): boolean {
    return this.#names.has(path);
  }

  openToAppend(path: string): number {
    return this.#opened(this.#names.get(path) ?? this.#made(path));
  }

  append(descriptor: number, text: ByteString): void {
    this.#extend(this.#nodeOf(descriptor), Buffer.from(text, 'latin1'));
  }

  close(descriptor: number): void {
    this.#release(this.#nodeOf(descriptor));
    this.#descriptors.delete(descriptor);
  }

  readFile(path: string): Buffer {
    this.#tick();
    const { bytes, size } = this.#nodeAt(path);
    return Buffer.from(bytes.subarray(0, size));
  }

  writeFile(path: string, bytes: Uint8Array): void {
    const node = this.#names.get(path) ?? this.#made(path);
    node.size = 0;
    this.#extend(node, bytes);
  }

  appendFile(path: string, bytes: Uint8Array): void {
    this.#extend(this.#nodeAt(path), bytes);
  }

  truncate(path: string): void {
    const node = this.#nodeAt(path);
    node.size = 0;
    this.#extend(node, new Uint8Array());
  }

  rename(from: string, to: string): void {
    const node = this.#nodeAt(from);
    if (this.#names.has(to)) this.unlink(to);
    this.#names.delete(from);
    this.#names.set(to, node);
    node.ctimeNs = this.#stamp();
  }

  unlink(path: string): void {
    this.#release(this.#nodeAt(path));
    this.#names.delete(path);
    this.#tick();
  }

  #tick(): void {
    this.#nowNs += CALL_NS;
  }

  #stamp(): bigint {
    this.#tick();
    return this.#nowNs - (this.#nowNs % TICK_NS);
  }

  #nodeAt(path: string): Node {
    const node = this.#names.get(path);
    if (node === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
    return node;
  }

  #nodeOf(descriptor: number): Node {
    const node = this.#descriptors.get(descriptor);
    if (node === undefined) throw Object.assign(new Error(`EBADF: ${descriptor}`), { code: 'EBADF' });
    return node;
  }

  #made(path: string): Node {
    const now = this.#stamp();
    const ino = this.#freeInodes.pop() ?? (this.#lastInode += 1n);
    const times = { birthtimeNs: now, mtimeNs: now, ctimeNs: now };
    const node: Node = { ino, ...times, bytes: Buffer.alloc(4096), size: 0, uses: 1 };
    this.#names.set(path, node);
    return node;
  }

  #opened(node: Node): number {
    this.#tick();
    node.uses += 1;
    this.#lastDescriptor += 1;
    this.#descriptors.set(this.#lastDescriptor, node);
    return this.#lastDescriptor;
  }

  #release(node: Node): void {
    node.uses -= 1;
    if (node.uses === 0) this.#freeInodes.push(node.ino);
  }

  #extend(node: Node, bytes: Uint8Array): void {
    const size = node.size + bytes.length;
    if (size > node.bytes.length) node.bytes = Buffer.concat([node.bytes], 2 * size);
    node.bytes.set(bytes, node.size);
    node.size = size;
    node.mtimeNs = node.ctimeNs = this.#stamp();
  }
}

function statsOf({ ino, birthtimeNs, size, mtimeNs, ctimeNs }: Node): FileStats {
  return { dev: 1n, ino, birthtimeNs, size: BigInt(size), mtimeNs, ctimeNs, isFile: () => true };
}

function entry(name: string): ReturnType<FollowFiles['list']>[number] {
  return { name, isFile: () => true, isDirectory: () => false, isSymbolicLink: () => false };
}
