/** Lines to compare parsers on: the repository's own, generated ones, and such as repeat something hostile. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type ByteString, encodeText } from '../../src/domain/byte-string.js';
import { FORMAT_CHOICES } from '../../src/generate/options.js';
import { anyJsonLine, anyPairsLine } from './any-keyed-line.js';
import { anySentence } from './any-sentence.js';
import { CORPORA } from './capability.js';
import { lineCases, linesIn } from './corpora.js';
import { generatedLog } from './generated-log.js';
import { goldenFiles, lineOf } from './golden-cases.js';
import { anyHostileFamily, hostileLine } from './hostile-lines.js';
import { Random } from './random.js';
import { filesIn, textOf } from './repository.js';

/** Bytes of each generated log. */
const GENERATED_BYTES = 200_000;
const HOSTILE_FAMILIES = 600;
const KEYED_LINES = 600;
const SENTENCES = 3000;
/** Lines that are taken of a large third-party file, evenly spread. */
const LINES_PER_FILE = 500;

/** Lines by where they come from; none holds a newline. */
export function ownLines(): Readonly<Record<string, readonly ByteString[]>> {
  return {
    'golden cases': goldenFiles().flatMap(({ cases }) => cases.map(lineOf)),
    samples: filesIn('samples', '.log').flatMap((name) => linesOf(encodeText(textOf(`samples/${name}`)))),
    ...Object.fromEntries(FORMAT_CHOICES.map((format) => [`generated ${format}`, generatedLines(format)])),
    'hostile families': hostileLines(HOSTILE_FAMILIES, 3),
    'keys and values of chance': madeLines(KEYED_LINES, (random, index) =>
      (index % 2 === 0 ? anyJsonLine : anyPairsLine)(random),
    ),
    'sentences of chance': madeLines(SENTENCES, anySentence),
  };
}

/** Lines of the third-party collection. */
export function corpusLines(): readonly ByteString[] {
  const cases = [...lineCases().values()].flat().flatMap(({ line }) => linesOf(encodeText(line)));
  const files = ['loghub', 'raw', 'assessment'].flatMap((folder) =>
    readdirSync(join(CORPORA, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:log|txt)$/.test(name))
      .flatMap((name) => spread(linesIn(join(folder, name), 'latin1'))),
  );
  return [...cases, ...files];
}

/** `count` families of lines that repeat something, short ones and such of 2,000 bytes. */
export function hostileLines(count: number, seed: number): readonly ByteString[] {
  const families = fc.sample(anyHostileFamily, { numRuns: count, seed });
  return families.map((family, index) => hostileLine(family, 10 + ((index * 37) % 2000)));
}

function generatedLines(format: (typeof FORMAT_CHOICES)[number]): readonly ByteString[] {
  const { bytes } = generatedLog({ format, sizeBytes: GENERATED_BYTES, dirt: 0.1, seed: 11 });
  return linesOf(bytes.toString('latin1')).filter((line) => line.length < 10_000);
}

function madeLines(count: number, lineOf: (random: Random, index: number) => ByteString): readonly ByteString[] {
  const random = new Random(5);
  return Array.from({ length: count }, (_, index) => lineOf(random, index));
}

function linesOf(text: ByteString): readonly ByteString[] {
  return text.split('\n').map((line) => line.replace(/\r$/, ''));
}

function spread(lines: readonly ByteString[]): readonly ByteString[] {
  const step = Math.max(1, Math.floor(lines.length / LINES_PER_FILE));
  return lines.filter((_, index) => index % step === 0);
}
