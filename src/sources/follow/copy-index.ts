/** Finds the files of which another one may be a copy, without comparing each with each. */
import type { ByteString } from '../../domain/byte-string.js';
import { HEAD_BYTES } from '../../domain/follow/followed-stream.js';

/** Lengths of the beginnings by which files are looked up: many logs begin alike, but few in a whole KiB. */
const LEVELS = [16, 64, 256, HEAD_BYTES] as const;
/** Candidates that are compared; where more begin alike, those whose names begin alike. */
const MAX_CANDIDATES = 64;

interface Entry<Item> {
  readonly item: Item;
  readonly start: ByteString;
  readonly stem: ByteString;
}

/** Two files may be copies where the known beginning of one is the beginning of that of the other. */
export class CopyIndex<Item> {
  /** By level and beginning of that length: the files that are known that far. */
  readonly #reaching = new Map<ByteString, Entry<Item>[]>();
  /** By the largest level that a file reaches and its beginning of that length. */
  readonly #ending = new Map<ByteString, Entry<Item>[]>();
  readonly #all: Entry<Item>[] = [];

  /** `start` is what is known of the beginning of the item: at most 1 KiB, and less of a file that was shorter when it was looked at. */
  add(item: Item, start: ByteString, path: ByteString): void {
    const entry = { item, start, stem: stemOf(path) };
    this.#all.push(entry);
    for (const level of levelsOf(start)) push(this.#reaching, keyOf(level, start), entry);
    push(this.#ending, keyOf(levelsOf(start).at(-1) ?? 0, start), entry);
  }

  /** `start` is the first KiB of a file, or all of a shorter one. */
  candidates(start: ByteString, path: ByteString): readonly Item[] {
    const levels = [0, ...levelsOf(start)];
    const top = levels.pop() ?? 0;
    const reaching = top === 0 ? this.#all : (this.#reaching.get(keyOf(top, start)) ?? []);
    const ending = levels.flatMap((level) => this.#ending.get(keyOf(level, start)) ?? []);
    const alike = [...(top === 0 ? [] : ending), ...reaching].filter(
      (one) => one.start.startsWith(start) || start.startsWith(one.start),
    );
    const stem = stemOf(path);
    const near = alike.length <= MAX_CANDIDATES ? alike : alike.filter((one) => one.stem === stem);
    return near.slice(-MAX_CANDIDATES).map(({ item }) => item);
  }
}

function levelsOf(start: ByteString): readonly number[] {
  return LEVELS.filter((level) => level <= start.length);
}

function keyOf(level: number, start: ByteString): string {
  return `${level}\n${start.slice(0, level)}`;
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

/** The name of a file up to its first dot: what rotation leaves as it is. */
function stemOf(path: ByteString): ByteString {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.slice(0, (name.indexOf('.') + 1 || name.length + 1) - 1);
}
