/** The texts of numbered keys: the n-th path of a route, the n-th client. Different numbers give different texts. */
import { bytesOf } from '../domain/byte-string.js';
import type { LineBlock } from './line-block.js';
import type { Route } from './routes.js';

const SYLLABLES = Array.from('ghjklmnprstvwxyz', (consonant) =>
  Array.from('aeiou', (vowel) => bytesOf(consonant + vowel)),
).flat();
/** Four syllables make 40,960,000 names, and no name is hexadecimal. */
const SYLLABLES_OF_NAME = 4;
/** Ids are numbers from here on. */
const FIRST_ID = 1000;
const DASH = 45;
const DOT = 46;
const COLON = 58;
const IPV4_NET = bytesOf('10.');
/** Source: RFC 3849, IPv6 addresses for documentation. */
const IPV6_NET = bytesOf('2001:db8:');
const IPV6_HOST = bytesOf('::1');
/** One client in so many has an IPv6 address. */
const IPV6_EVERY = 8;
/** Odd, so that multiplying by it is a bijection on the 24 bits of an address: neighbours do not look alike. */
const SCATTER = 0x9e3779b1;

/** Writes a path of a route, without query; `number` counts from 0 within the route. */
export function putPath(block: LineBlock, route: Route, number: number): void {
  block.put(route.before);
  if (route.id === 'number') block.decimal(FIRST_ID + number);
  else if (route.id === 'uuid') putUuid(block, number);
  else if (route.id === 'name') putName(block, number);
  block.put(route.after);
}

/** Writes four syllables, for numbers below 40,960,000. */
export function putName(block: LineBlock, number: number): void {
  let rest = number;
  for (let count = 0; count < SYLLABLES_OF_NAME; count += 1) {
    const syllable = SYLLABLES[rest % SYLLABLES.length];
    if (syllable !== undefined) block.put(syllable);
    rest = (rest / SYLLABLES.length) | 0;
  }
}

/** A UUID of version 4 that ends with the number. Source: RFC 9562, section 5.4. */
function putUuid(block: LineBlock, number: number): void {
  const mixed = Math.imul(number + 1, SCATTER);
  block.hex(mixed, 8);
  block.byte(DASH);
  block.hex(mixed >>> 7, 4);
  block.byte(DASH);
  block.hex(0x4000 | ((mixed >>> 3) & 0xfff), 4);
  block.byte(DASH);
  block.hex(0x8000 | ((mixed >>> 11) & 0x3fff), 4);
  block.byte(DASH);
  block.hex(mixed >>> 16, 4);
  block.hex(number, 8);
}

/** Writes the address of a client, for numbers below 2^24: most of them IPv4. */
export function putClient(block: LineBlock, number: number): void {
  const scattered = Math.imul(number + 1, SCATTER) & 0xff_ffff;
  if (number % IPV6_EVERY === IPV6_EVERY - 1) {
    block.put(IPV6_NET);
    block.hex(scattered >>> 12, 3);
    block.byte(COLON);
    block.hex(scattered & 0xfff, 3);
    block.put(IPV6_HOST);
    return;
  }
  block.put(IPV4_NET);
  block.decimal(scattered >>> 16);
  block.byte(DOT);
  block.decimal((scattered >>> 8) & 255);
  block.byte(DOT);
  block.decimal(scattered & 255);
}
