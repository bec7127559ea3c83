/** Numbers that TypeScript and the kernel have in common: constants on one side, the lists that they stand for on the other. */
import { expect } from 'chai';
import { BYTE_CLASSES, LINE_CLASSES } from '../../src/domain/account.js';
import { LEVELS, REJECTION_REASONS, type RejectionReason } from '../../src/domain/log-entry.js';
import { FOLDINGS } from '../../src/domain/plan.js';
import { SAMPLE_GROUPS } from '../../src/domain/samples.js';
import { DIMENSIONS, TOP_DIMENSIONS } from '../../src/domain/summary/dimensions.js';
import { DURATION_KEYS } from '../../src/parsers/duration-keys.js';
import { durationWords } from '../../src/parsers/duration-words.js';
import { MESSAGE_SOURCE } from '../../src/parsers/match/entry-draft.js';
import { TIME_KEYS, TRAILING_SOURCE } from '../../src/parsers/match/read-access.js';
import { compileProgram } from '../../src/parsers/program/compile-program.js';
import * as durationCodes from '../../src/parsers/program/duration-codes.js';
import { DURATION_SOURCES, sourceNumber } from '../../src/parsers/program/duration-sources.js';
import * as keyCodes from '../../src/parsers/program/key-codes.js';
import * as opcodes from '../../src/parsers/program/opcodes.js';
import * as sections from '../../src/parsers/program/sections.js';
import * as stampCodes from '../../src/parsers/program/stamp-codes.js';
import { TEXT_ROLES } from '../../src/parsers/program/text-roles.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { createKernelParser } from '../../src/scanner/kernel-parser.js';
import * as layout from '../../src/scanner/layout.js';
import { KERNEL } from '../support/twins.js';

type Numbers = Readonly<Record<string, number>>;

const REASONS: Readonly<Record<string, RejectionReason>> = {
  REASON_NO_TIMESTAMP: 'no timestamp',
  REASON_DATE_WITHOUT_TIME: 'date without time',
  REASON_TIME_WITHOUT_DATE: 'time without date',
  REASON_IMPOSSIBLE_TIMESTAMP: 'impossible timestamp',
  REASON_INVALID_JSON: 'invalid JSON',
  REASON_UNKNOWN_KEYS: 'JSON without known keys',
  REASON_NOT_CHOSEN_FORMAT: 'not in the chosen format',
};

/** The constants of a file whose names begin so. */
function constants(file: Numbers, prefix: string): Numbers {
  return Object.fromEntries(Object.entries(file).filter(([name]) => name.startsWith(prefix)));
}

/** The constants that a list asks for: `clientIp` is `ROLE_CLIENT_IP`, with its place in the list. */
function named(prefix: string, list: readonly string[]): Numbers {
  return Object.fromEntries(
    list.map((name, place) => [
      prefix + name.replaceAll(/[A-Z]+/g, (letters) => (/^[A-Z]+$/.test(name) ? letters : `_${letters}`)).toUpperCase(),
      place,
    ]),
  );
}

const sortedValues = (numbers: Numbers): readonly number[] => Object.values(numbers).sort((a, b) => a - b);
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

describe('scanner/layout', () => {
  it('numbers the roles of texts as TEXT_ROLES does', () => {
    expect(constants(layout, 'ROLE_')).to.deep.equal(named('ROLE_', TEXT_ROLES));
    expect(layout.ROLES).to.equal(TEXT_ROLES.length);
  });

  it('has the roles that are dimensions in the order of TOP_DIMENSIONS, behind the message', () => {
    const behind = layout.ROLE_PATH + TOP_DIMENSIONS.length;
    expect(TEXT_ROLES.slice(layout.ROLE_PATH, behind)).to.deep.equal(TOP_DIMENSIONS);
  });

  it('numbers the dimensions that are no texts as DIMENSIONS does', () => {
    const { length } = TOP_DIMENSIONS;
    expect(Object.values(constants(layout, 'DIMENSION_'))).to.deep.equal([length, length + 1]);
    expect([DIMENSIONS[layout.DIMENSION_LEVEL], DIMENSIONS[layout.DIMENSION_STATUS]]).to.deep.equal([
      'level',
      'status',
    ]);
    expect(layout.DIMENSIONS).to.equal(DIMENSIONS.length);
  });

  it('numbers levels as LEVELS does', () => {
    expect(constants(layout, 'LEVEL_')).to.deep.equal(named('LEVEL_', LEVELS));
  });

  it('numbers reasons as REJECTION_REASONS does', () => {
    const expected = Object.entries(REASONS).map(([name, reason]) => [name, REJECTION_REASONS.indexOf(reason)]);

    expect(constants(layout, 'REASON_')).to.deep.equal(Object.fromEntries(expected));
    expect(layout.REASONS).to.equal(REJECTION_REASONS.length);
  });

  it('numbers classes as BYTE_CLASSES does, all but that of quarantined lines', () => {
    const { CLASS_QUARANTINED, ...expected } = named('CLASS_', BYTE_CLASSES);

    expect(CLASS_QUARANTINED).to.equal(4);
    expect(constants(layout, 'CLASS_')).to.deep.equal(expected);
    expect([layout.LINE_CLASSES, layout.BYTE_CLASSES]).to.deep.equal([LINE_CLASSES.length, BYTE_CLASSES.length]);
  });

  it('has a group of samples for each reason, then those of SAMPLE_GROUPS', () => {
    expect(SAMPLE_GROUPS.slice(0, layout.REASONS)).to.deep.equal(REJECTION_REASONS);
    expect(SAMPLE_GROUPS[layout.GROUP_OVERSIZE]).to.equal('oversize');
    expect(layout.SAMPLE_GROUPS).to.equal(SAMPLE_GROUPS.length);
  });

  it('numbers the sources of durations as DURATION_SOURCES does', () => {
    const timeKeys = TIME_KEYS.map((key) => key.slice(0, -1));
    const first = layout.SOURCE_TIME_KEYS;

    expect(constants(layout, 'SOURCE_')).to.deep.equal({
      SOURCE_MESSAGE: DURATION_SOURCES.indexOf(MESSAGE_SOURCE),
      SOURCE_TRAILING: DURATION_SOURCES.indexOf(TRAILING_SOURCE),
      SOURCE_TIME_KEYS: DURATION_SOURCES.indexOf('rt'),
    });
    expect(DURATION_SOURCES.slice(first, first + timeKeys.length)).to.deep.equal(timeKeys);
    expect(DURATION_KEYS.map(([key]) => DURATION_SOURCES[sourceNumber(key)])).to.deep.equal(
      DURATION_KEYS.map(([key]) => key),
    );
  });

  it('names the keys of response times in the kernel as TIME_KEYS does', () => {
    const parser = createKernelParser(KERNEL, { formats: ['combined'], timezone: 'UTC', referenceAt: 0 });
    const access = '192.0.2.7 - - [24/Jan/2024:10:15:33 +0000] "GET / HTTP/1.1" 200 5 "-" "x"';
    const sources = TIME_KEYS.map((key) => parser.parse(`${access} ${key}0.5`));

    expect(sources.map((entry) => ('reason' in entry ? null : entry.durationSource))).to.deep.equal(
      TIME_KEYS.map((key) => key.slice(0, -1)),
    );
  });

  it('gives each part of the record of an entry bytes of its own', () => {
    const wide = ['ENTRY_INSTANT', 'ENTRY_BYTES', 'ENTRY_DURATION'];
    const { ENTRY_BYTES_LONG: end, ENTRY_TEXTS: texts, ...parts } = constants(layout, 'ENTRY_');
    const taken = Object.entries(parts).flatMap(([name, at]) =>
      upTo(wide.includes(name) ? 8 : 4).map((byte) => at + byte),
    );
    const all = [...taken, ...upTo(8 * layout.ROLES).map((byte) => (texts ?? 0) + byte)];

    expect(all.sort((a, b) => a - b)).to.deep.equal(upTo(end ?? 0));
  });
});

describe('scanner/layout: the image of a program', () => {
  it('has a number for each section and for each table of words, and leaves none out', () => {
    const { SECTIONS, WORD_TABLES, ...others } = sections;
    const tables = constants(others, 'WORDS_');
    const { SECTION_WORDS, ...single } = constants(others, 'SECTION_');

    expect(sortedValues(tables)).to.deep.equal(upTo(WORD_TABLES));
    const all = [...Object.values(single), ...upTo(WORD_TABLES).map((table) => (SECTION_WORDS ?? 0) + table)];
    expect(all.sort((a, b) => a - b)).to.deep.equal(upTo(SECTIONS));
  });

  for (const formats of [FORMAT_NAMES, ...FORMAT_NAMES.map((name) => [name])]) {
    it(`says where each section is: ${formats.join(', ')}`, () => {
      const { image } = compileProgram(formats);
      const view = new DataView(image.buffer);
      const offsets = upTo(sections.SECTIONS).map((section) => view.getUint32(4 * section, true));

      expect(offsets.filter((offset) => offset < 4 * sections.SECTIONS || offset >= image.length)).to.deep.equal([]);
      expect(new Set(offsets).size).to.equal(sections.SECTIONS);
    });
  }

  it('has no more layouts and required texts than the kernel has bits for', () => {
    const { image } = compileProgram(FORMAT_NAMES);
    const view = new DataView(image.buffer);
    const countOf = (section: number): number => view.getUint32(view.getUint32(4 * section, true), true);

    expect(countOf(sections.SECTION_LAYOUTS)).to.be.within(FORMAT_NAMES.length, 64);
    expect(countOf(sections.SECTION_REQUIRED)).to.be.within(1, 32);
  });

  it('numbers operations, parts of stamps and roles of keys without a gap', () => {
    const roles = ['TIME', 'NANOS', 'LEVEL', 'MESSAGE', 'STATUS', 'BYTES', 'TARGET', 'REQUEST', 'DURATION', 'TEXT'];
    const { KEY_RECORD_BYTES, ...keys } = constants(keyCodes, 'KEY_');

    for (const codes of [constants(opcodes, 'OP_'), constants(stampCodes, 'PART_')]) {
      expect(sortedValues(codes)).to.deep.equal(upTo(Object.keys(codes).length));
    }
    expect(keys).to.deep.equal(named('KEY_', roles));
    expect(KEY_RECORD_BYTES).to.equal(24);
  });

  it('has a bit for each role of a word of durations, and no longer word than the kernel looks at', () => {
    const { MAX_WORD_BYTES, ...roles } = durationCodes;
    const words = [...durationWords()];
    const all = Object.values(roles).reduce((bits, role) => bits | role, 0);

    expect(sortedValues(roles)).to.deep.equal(upTo(Object.keys(roles).length).map((bit) => 2 ** bit));
    expect(words.filter(([, bits]) => bits === 0 || (bits & ~all) !== 0)).to.deep.equal([]);
    expect(Math.max(...words.map(([word]) => word.length))).to.equal(MAX_WORD_BYTES);
  });

  it('has the folding of ids at the place that the kernel writes', () => {
    expect(FOLDINGS).to.deep.equal(['none', 'ids']);
  });
});
