/** Compiles formats to a scanner program: byte code and tables in one image, which the kernel runs over raw bytes. */
import { firstBytesOf, requiredTextsOf } from '../match/necessary.js';
import { VALUE_SHAPES } from '../match/stamp-sink.js';
import { FORMATS } from '../registry.js';
import { isDigitBlind } from './digit-blind.js';
import { DURATION_SOURCES } from './duration-sources.js';
import { encodeKeys } from './encode-keys.js';
import { encodeRequired } from './encode-required.js';
import { encodeLayout } from './encode-layout.js';
import { StampEncoder } from './encode-stamps.js';
import { encodeWords } from './encode-words.js';
import { ImageWriter } from './image-writer.js';
import type { ScannerProgram } from './scanner-program.js';
import { sharedStarts } from './shared-starts.js';
import * as section from './sections.js';

/** Compiles the known formats among `names`; layouts are tried in the order of the registry. */
export function compileProgram(names: readonly string[]): ScannerProgram {
  const formats = FORMATS.filter(({ name }) => names.includes(name));
  const image = new ImageWriter();
  const stamps = new StampEncoder(image);
  image.words(Array.from({ length: section.SECTIONS }, () => 0));
  const all = formats.flatMap(({ layouts }, format) => layouts.map((pieces) => ({ format, pieces })));
  const starts = sharedStarts(all.map(({ pieces }) => pieces));
  const layouts = all.map(({ format, pieces }, index) => ({
    format,
    firstBytes: firstBytesOf(pieces),
    requiredTexts: requiredTextsOf(pieces),
    code: encodeLayout(pieces, starts[index] ?? null, { image, stamps }),
    isBlind: isDigitBlind(pieces),
  }));
  const texts = [...new Set(layouts.flatMap(({ requiredTexts }) => requiredTexts))];
  const set = (index: number, offset: number): void => image.patch(4 * index, offset);
  const required = encodeRequired(image, texts);
  set(section.SECTION_REQUIRED, required.texts);
  set(section.SECTION_MARKS, required.marks);
  set(
    section.SECTION_LAYOUTS,
    image.words([
      layouts.length,
      ...layouts.flatMap(({ format, code, requiredTexts, isBlind }) => [
        format,
        code,
        requiredTexts.reduce((bits, text) => bits | (1 << texts.indexOf(text)), 0),
        Number(isBlind),
      ]),
    ]),
  );
  set(
    section.SECTION_FIRST_BYTES,
    encodeFirstBytes(
      image,
      layouts.map(({ firstBytes }) => firstBytes),
    ),
  );
  set(section.SECTION_VALUE_STAMPS, stamps.set(VALUE_SHAPES));
  encodeWords(image).forEach((offset, table) => set(section.SECTION_WORDS + table, offset));
  set(section.SECTION_KEYS, encodeKeys(image));
  set(
    section.SECTION_FORMAT_NAMES,
    encodeNames(
      image,
      formats.map(({ name }) => name),
    ),
  );
  set(section.SECTION_SOURCE_NAMES, encodeNames(image, DURATION_SOURCES));
  return { image: image.finish(), formats: formats.map(({ name }) => name) };
}

/** Names with their numbers, in byte order: they are all ASCII. */
function encodeNames(image: ImageWriter, names: readonly string[]): number {
  const sorted = names.map((name, number) => ({ name, number })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const entries = sorted.flatMap(({ name, number }) => [number, name.length, image.text(name)]);
  return image.words([names.length, ...entries]);
}

/** For each first byte the layouts that may accept such a line; behind them those for an empty line: all. */
function encodeFirstBytes(image: ImageWriter, firstBytes: readonly (string | null)[]): number {
  const lists = new Map<string, number>();
  const listOf = (isCandidate: (bytes: string | null) => boolean): number => {
    const layouts = firstBytes.flatMap((bytes, layout) => (isCandidate(bytes) ? [layout] : []));
    const key = layouts.join(' ');
    const at = lists.get(key) ?? image.words([layouts.length, ...layouts]);
    lists.set(key, at);
    return at;
  };
  const offsets = Array.from({ length: 256 }, (_, byte) =>
    listOf((bytes) => bytes?.includes(String.fromCharCode(byte)) ?? true),
  );
  const all = listOf(() => true);
  return image.words([...offsets, all]);
}
