/** Writes sets of time stamp shapes into the image of a scanner program. */
import { firstBytesOfShape } from '../match/necessary.js';
import { type ShapeName, STAMP_SHAPES, type StampPart } from '../stamp-shapes.js';
import type { ImageWriter } from './image-writer.js';
import { packedBytes } from './packed-bytes.js';
import * as code from './stamp-codes.js';

const CODES: Readonly<Record<Extract<StampPart, string>, number>> = {
  year4: code.PART_YEAR4,
  year2: code.PART_YEAR2,
  month2: code.PART_MONTH2,
  day2: code.PART_DAY2,
  hour2: code.PART_HOUR2,
  minute2: code.PART_MINUTE2,
  second2: code.PART_SECOND2,
  day: code.PART_DAY,
  hour: code.PART_HOUR,
  monthName: code.PART_MONTH_NAME,
  weekday: code.PART_WEEKDAY,
  'fraction?': code.PART_MAYBE_FRACTION,
  fraction: code.PART_FRACTION,
  'zone?': code.PART_MAYBE_ZONE,
  zone: code.PART_ZONE,
  'meridiem?': code.PART_MAYBE_MERIDIEM,
  meridiem: code.PART_MERIDIEM,
  epoch: code.PART_EPOCH,
};

/** Parts that change the hour or the date behind the seconds: such a stamp cannot be remembered up to its minutes. */
const CHANGING: readonly StampPart[] = ['year4', 'meridiem', 'meridiem?'];

/** Writes each shape and each set once. Made by the compiler of one image. */
export class StampEncoder {
  readonly #image: ImageWriter;
  readonly #sets = new Map<string, number>();
  readonly #shapes = new Map<ShapeName, number>();

  constructor(image: ImageWriter) {
    this.#image = image;
  }

  /**
   * Offset of a set: STAMP_MEMORY_BYTES for the kernel, then for each first byte the offset of `count, shape…`, 0 for
   * none.
   */
  set(names: readonly ShapeName[]): number {
    const key = names.join(' ');
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    const lists = new Map<string, number>();
    const offsets = Array.from({ length: 256 }, (_, byte) => this.#listFor(names, byte, lists));
    const at = this.#image.bytes(new Uint8Array(code.STAMP_MEMORY_BYTES));
    this.#image.words(offsets);
    this.#sets.set(key, at);
    return at;
  }

  #listFor(names: readonly ShapeName[], byte: number, lists: Map<string, number>): number {
    const fitting = names.filter((name) => firstBytesOfShape(name).includes(String.fromCharCode(byte)));
    if (fitting.length === 0) return 0;
    const key = fitting.join(' ');
    const known = lists.get(key);
    if (known !== undefined) return known;
    const shapes = fitting.map((name) => this.#shape(name));
    const at = this.#image.words([shapes.length, ...shapes]);
    lists.set(key, at);
    return at;
  }

  /** Offset of a shape: see `stamp-codes.ts`. */
  #shape(name: ShapeName): number {
    const known = this.#shapes.get(name);
    if (known !== undefined) return known;
    const parts: readonly StampPart[] = STAMP_SHAPES[name];
    const seconds = parts.indexOf('second2');
    const isCut = seconds >= 0 && !parts.slice(seconds).some((part) => CHANGING.includes(part));
    const cut = isCut ? seconds : parts.length;
    const words = parts.flatMap((part) => this.#part(part));
    const at = this.#image.words([
      cut,
      parts.length - cut,
      ...checksOf(parts),
      isCommonTail(parts.slice(cut)) ? 1 : 0,
      ...words,
    ]);
    this.#shapes.set(name, at);
    return at;
  }

  #part(part: StampPart): [code: number, operand: number] {
    if (typeof part === 'string') return [CODES[part], 0];
    const texts = textsOf(part) ?? [];
    const entries = texts.flatMap((text) => [text.length, this.#image.text(text)]);
    return [code.PART_TEXT, this.#image.words([texts.length, ...entries])];
  }
}

const COMMON_TAIL: readonly StampPart[] = ['second2', 'fraction?', 'zone?'];

/** Tells whether a stamp goes on with its seconds, perhaps a fraction, perhaps a zone: the kernel has a short way for that. */
function isCommonTail(parts: readonly StampPart[]): boolean {
  return parts.length === COMMON_TAIL.length && COMMON_TAIL.every((part, index) => parts[index] === part);
}

/** Bytes that parts of one width have. */
const WIDTHS: Readonly<Partial<Record<Extract<StampPart, string>, number>>> = {
  year4: 4,
  year2: 2,
  month2: 2,
  day2: 2,
  hour2: 2,
  minute2: 2,
  second2: 2,
  monthName: 3,
  weekday: 3,
};

/** Behind it stands the time of day, which is the same in most shapes. */
const LAST_CHECK_OFFSET = 11;

/**
 * Two checks that a stamp of the shape passes, as words: the first text of it, and the last one before the time of day, which
 * tell most shapes apart. A shape whose texts have no fixed place has none.
 */
function checksOf(parts: readonly StampPart[]): readonly number[] {
  const checks: { offset: number; bytes: string }[] = [];
  let offset = 0;
  for (const part of parts) {
    const texts = textsOf(part);
    if (texts !== null) checks.push({ offset, bytes: texts.map((text) => text.charAt(0)).join('') });
    const width = typeof part === 'string' ? WIDTHS[part] : widthOf(texts ?? []);
    if (width === undefined) break;
    offset += width;
  }
  const fitting = checks.filter((check) => check.offset <= LAST_CHECK_OFFSET && check.bytes.length <= 4);
  const [first, last] = [fitting[0], fitting.at(-1)];
  if (first === undefined || last === undefined) return NO_CHECKS;
  return [first.offset, packedBytes(first.bytes), last.offset, packedBytes(last.bytes)];
}

/** An offset of 255 stands for no check. */
const NO_CHECKS = [255, 0, 255, 0] as const;

function textsOf(part: StampPart): readonly string[] | null {
  if (typeof part === 'string') return null;
  return Array.isArray(part) ? (part as readonly string[]) : [(part as { readonly literal: string }).literal];
}

/** The width that all texts have; undefined where they differ. */
function widthOf(texts: readonly string[]): number | undefined {
  const widths = new Set(texts.map((text) => text.length));
  return widths.size === 1 ? texts[0]?.length : undefined;
}
