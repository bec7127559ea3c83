/** Finds the files of which another one may be a copy, without comparing each with each. */
import type { ByteString } from '../../domain/byte-string.js';

/** Bytes at the head by which candidates are found. */
export const START_BYTES = 16;
/** Candidates that are compared; where more begin alike, those whose names begin alike. */
const MAX_CANDIDATES = 64;

export class CopyIndex<Item> {
  readonly #all: Item[] = [];
  /** Those too short to be looked up: they may have grown since. */
  readonly #short: Item[] = [];
  readonly #byStart = new Map<ByteString, Item[]>();
  readonly #byStem = new Map<ByteString, Item[]>();

  /** `start` is the first 16 bytes of the content of the item, or all of a shorter one. */
  add(item: Item, start: ByteString, path: ByteString): void {
    this.#all.push(item);
    if (start.length < START_BYTES) this.#short.push(item);
    push(this.#byStart, start, item);
    push(this.#byStem, `${start}\n${stemOf(path)}`, item);
  }

  candidates(start: ByteString, path: ByteString): readonly Item[] {
    if (start.length < START_BYTES) return this.#all.slice(-MAX_CANDIDATES); // too short to be looked up
    const alike = this.#byStart.get(start) ?? [];
    const near = alike.length <= MAX_CANDIDATES ? alike : (this.#byStem.get(`${start}\n${stemOf(path)}`) ?? []);
    return [...near.slice(-MAX_CANDIDATES), ...this.#short.slice(-MAX_CANDIDATES)];
  }
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
