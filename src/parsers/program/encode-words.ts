/** Writes the tables of words into the image of a scanner program, in the order of `sections.ts`. */
import type { ByteString } from '../../domain/byte-string.js';
import { LEVELS } from '../../domain/log-entry.js';
import { UNIT_WORDS } from '../duration-value.js';
import { durationWords } from '../duration-words.js';
import { LEVEL_NOUNS, LEVEL_OF_WORD, PLAIN_LEVEL_WORDS } from '../levels.js';
import { INTRODUCTIONS } from '../match/read-header.js';
import { MONTHS, WEEKDAYS, ZONE_WORDS } from '../stamp-shapes.js';
import { KEY_INDEX, KEY_STEMS } from './encode-keys.js';
import type { ImageWriter } from './image-writer.js';

/** Added to the minutes of a zone, so that they are no negative number. */
const ZONE_BASE_MINUTES = 1440;

type Words = Iterable<readonly [word: ByteString, value: number]>;

/** Writes all tables; returns their offsets. */
export function encodeWords(image: ImageWriter): readonly number[] {
  return wordTables().map((words) => encodeTable(image, [...words]));
}

function wordTables(): readonly Words[] {
  return [
    [...LEVEL_OF_WORD].map(([word, level]) => [word, LEVELS.indexOf(level)] as const),
    without(PLAIN_LEVEL_WORDS),
    without(LEVEL_NOUNS),
    without(INTRODUCTIONS),
    Object.entries(ZONE_WORDS).map(([word, minutes]) => [word, minutes + ZONE_BASE_MINUTES] as const),
    MONTHS.map((name, index) => [name, index] as const),
    WEEKDAYS.map((name, index) => [name, index] as const),
    UNIT_WORDS,
    durationWords(),
    KEY_INDEX,
    without(KEY_STEMS),
  ];
}

function without(words: Iterable<ByteString>): Words {
  return [...words].map((word) => [word, 0] as const);
}

function encodeTable(image: ImageWriter, words: readonly (readonly [word: ByteString, value: number])[]): number {
  const entries = words.flatMap(([word, value]) => [value, word.length, image.text(word)]);
  return image.words([words.length, ...entries]);
}
