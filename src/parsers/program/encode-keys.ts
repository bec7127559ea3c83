/** Writes what the keys of JSON lines and pairs mean into the image of a scanner program. */
import { assertNever } from '../../domain/assert-never.js';
import { UNITS } from '../duration-value.js';
import { KEY_ROLES, type RankedRole } from '../field-keys.js';
import { sourceNumber } from './duration-sources.js';
import type { ImageWriter } from './image-writer.js';
import * as code from './key-codes.js';
import { TEXT_ROLES } from './text-roles.js';

const KEYS = [...KEY_ROLES.keys()];

/** The keys with the indexes of their records. */
export const KEY_INDEX: ReadonlyMap<string, number> = new Map(KEYS.map((key, index) => [key, index] as const));

/** What stands before a dot in a key: below objects of other names no key is known. */
export const KEY_STEMS: ReadonlySet<string> = new Set(
  KEYS.flatMap((key) => [...key.matchAll(/\./g)].map(({ index }) => key.slice(0, index))),
);

/** Writes `count` and the records; returns the offset. */
export function encodeKeys(image: ImageWriter): number {
  const records = [...KEY_ROLES].flatMap(([key, role], index) => recordOf(key, role, index));
  return image.words([KEYS.length, ...records]);
}

function recordOf(key: string, role: RankedRole, index: number): readonly number[] {
  const [number, detail] = roleOf(key, role);
  const source = role.role === 'duration' ? sourceNumber(key) : 0;
  return [number, role.rank, detail, source, index, 0];
}

function roleOf(key: string, role: RankedRole): readonly [role: number, detail: number] {
  switch (role.role) {
    case 'time':
      return [code.KEY_TIME, key === '@t' ? code.TIME_OF_CLEF : key === 'ts' ? code.TIME_OF_ZAP : 0];
    case 'nanos':
      return [code.KEY_NANOS, KEY_INDEX.get(role.secondsKey) ?? 0];
    case 'level':
      return [code.KEY_LEVEL, Number(role.hasNumbers)];
    case 'message':
      return [code.KEY_MESSAGE, 0];
    case 'status':
      return [code.KEY_STATUS, 0];
    case 'bytes':
      return [code.KEY_BYTES, 0];
    case 'target':
      return [code.KEY_TARGET, 0];
    case 'request':
      return [code.KEY_REQUEST, 0];
    case 'duration':
      return [code.KEY_DURATION, role.unit === null ? code.NO_UNIT : UNITS.indexOf(role.unit)];
    case 'text':
      return [code.KEY_TEXT, TEXT_ROLES.indexOf(role.field)];
    default:
      return assertNever(role);
  }
}
