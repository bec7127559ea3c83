/** Lines of JSON and of pairs whose keys and values are of chance, but for the most part such as mean something. */
import { type ByteString, encodeText } from '../../src/domain/byte-string.js';
import { KEY_ROLES } from '../../src/parsers/field-keys.js';
import { LEVEL_OF_WORD } from '../../src/parsers/levels.js';
import type { Random } from './random.js';

/** Known keys by what they mean: each meaning is as likely as another. */
const KEYS = [...new Set([...KEY_ROLES.keys()].map(meaningOf))].map((meaning) =>
  [...KEY_ROLES.keys()].filter((key) => meaningOf(key) === meaning),
);
const UNKNOWN_KEYS = ['x', 'caller', 'a.b', '', 'http', 'req', 'url.', 'response', 'k'.repeat(70), 'é'];

const TIMES = ['2024-01-24T10:15:32.123Z', '2024-01-24 10:15:32', '24/Jan/2024:10:15:32 +0000', '2024-03-31T02:30:00'];
const NO_TIMES = ['2024-13-45T10:15:32Z', '2024-01-24', 'soon', '1706091332123456789', '1706091332.5'];
const NUMBERS = ['0', '7', '8', '30', '99', '200', '404', '600', '601', '4999', '10000', '40000', '-3', '1.5', '1E+2'];
const LONG_NUMBERS = ['1706091332', '1706091332123', '123456789012345', '1234567890123456', '999999999', '5e-7'];
const NO_NUMBERS = ['01', '-', '1.', '.5', '1e', '+1', 'NaN', 'tru', 'nulll', "'a'", ''];
const DURATIONS = ['5ms', '1.5s', '1m2s', '250µs', '5 ms', '-1ms', 'PT1S', '9'.repeat(20)];
const REQUESTS = [
  'GET / HTTP/1.1',
  'POST https://h/x?y HTTP/2',
  'get /',
  'GET ',
  'GET  HTTP/1.1',
  'A-B_C x',
  'GET /a b ',
];
const TARGETS = [
  '/',
  '/a/b?c#d',
  '?x',
  'http://h',
  'https://h?x',
  '://x',
  '0123456789://a/b',
  '01234567890://a/b',
  '*',
];
const TEXTS = [
  '-',
  ',',
  '1.2.3.4, 5.6.7.8',
  'HTTP/',
  'HTTP/1.1',
  'D',
  'D2',
  'E6',
  'X',
  '🚀 ünï',
  '\ud83d',
  '\ude80\ud83d',
];
const PROSE = ['took 5ms', 'C:\\users "a"', '\n\t\r\b\f\0\u007f', 'x'.repeat(16), 'y'.repeat(33)];
const LEVELS = [...LEVEL_OF_WORD.keys()];

function meaningOf(key: string): string {
  const role = KEY_ROLES.get(key);
  return role?.role === 'text' ? role.field : String(role?.role);
}

export function anyOf<Item>(items: readonly Item[], random: Random): Item {
  return items[random.below(items.length)] as Item; // the index is below the length
}

/** A line of one object, half of the time with a known level and message. */
export function anyJsonLine(random: Random): ByteString {
  const object = anyObject(random, 8);
  return encodeText(random.below(2) === 0 ? object : `{"lvl":"info","text":"x","o":${object},${object.slice(1)}`);
}

/**
 * A line of up to seven pairs, in one of eight also such as are none; half of the time with a known
 * level and message.
 */
export function anyPairsLine(random: Random): ByteString {
  const pairs = Array.from({ length: 1 + random.below(7) }, () => {
    const [key, text] = [anyKey(random), anyText(random)];
    switch (random.below(8)) {
      case 0:
        return key;
      case 1:
        return `${key}="${text}"`;
      case 2:
        return `${key}=${quoted(text, random)}`;
      default:
        return `${key}=${/[\s"]/.test(text) ? JSON.stringify(text) : text}`;
    }
  });
  const known = random.below(2) === 0 ? [] : ['lvl=info', 'text=x'];
  return encodeText([...known, ...pairs].join(anyOf([' ', '  ', '\t'], random))).replaceAll('\n', ' ');
}

function anyKey(random: Random): string {
  return random.below(4) === 0 ? anyOf(UNKNOWN_KEYS, random) : anyOf(anyOf(KEYS, random), random);
}

function anyText(random: Random): string {
  const some = [TIMES, NO_TIMES, NUMBERS, LONG_NUMBERS, DURATIONS, REQUESTS, TARGETS, TEXTS, PROSE, LEVELS, LEVELS];
  return random.below(8) === 0 ? anyAdornedLevel(random) : anyOf(anyOf(some, random), random);
}

/** ` \x1b[31mInfo+2\x1b[0m`. */
function anyAdornedLevel(random: Random): string {
  const word = anyOf(LEVELS, random);
  const spelt = anyOf([word, word.slice(0, 1).toUpperCase() + word.slice(1)], random);
  const colour = anyOf(['', '\x1b[31m', '\x1b[38:5:1;m', '\x1b[K', '\x1b[x', '\x1b', '\x1b[3'], random);
  const [steps, space] = [
    anyOf(['', '', '+2', '-1+4', '+12345', '+', ' +1'], random),
    anyOf(['', ' ', '\xa0', '\v'], random),
  ];
  return space + colour + spelt + steps + anyOf(['', '\x1b[0m'], random) + space;
}

/** Of a key with dots half of the time the objects that it names. */
function anyObject(random: Random, maxMembers: number): string {
  const members = Array.from({ length: random.below(maxMembers + 1) }, () => {
    const key = anyKey(random);
    const dot = key.indexOf('.', random.below(key.length + 1));
    if (dot < 0 || random.below(2) === 0) return member(key, anyValue(random), random);
    const inner = member(key.slice(dot + 1), anyValue(random), random);
    return member(key.slice(0, dot), `{${inner}}`, random);
  });
  return `{${space(random)}${members.join(`${space(random)},${space(random)}`)}${space(random)}}`;
}

function member(key: string, value: string, random: Random): string {
  const name = random.below(4) === 0 ? quoted(key, random) : JSON.stringify(key);
  return `${name}${space(random)}:${space(random)}${value}`;
}

function anyValue(random: Random): string {
  const kind = random.below(32);
  if (kind === 0) return anyOf(NO_NUMBERS, random);
  if (kind < 3) return anyOf(['true', 'false', 'null'], random);
  if (kind < 5) return `[${space(random)}${anyValue(random)}${space(random)},${anyValue(random)}]`;
  if (kind < 7) return anyObject(random, 3);
  if (kind < 14) return anyOf(anyOf([NUMBERS, LONG_NUMBERS], random), random);
  return quoted(anyText(random), random);
}

/** A JSON string, in some of which all or some characters are `\uXXXX`. */
function quoted(text: string, random: Random): string {
  const escapes = anyOf([0, 0, 0, 0, 1, 3], random);
  const units = Array.from({ length: text.length }, (_, index) => text.charAt(index));
  const spelt = units.map((unit) => (escapes > 0 && random.below(escapes) === 0 ? unitOf(unit) : plain(unit)));
  return escapes === 0 ? JSON.stringify(text) : `"${spelt.join('')}"`;
}

function unitOf(unit: string): string {
  return String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function plain(unit: string): string {
  return JSON.stringify(unit).slice(1, -1);
}

function space(random: Random): string {
  return random.below(10) === 0 ? anyOf([' ', '\t', '  '], random) : '';
}
