import type { TextRole } from '../format.js';

/** Roles of texts by the number that the kernel has for them; see `scanner/layout.ts`. */
export const TEXT_ROLES: readonly TextRole[] = [
  'message',
  'path',
  'method',
  'clientIp',
  'logger',
  'url',
  'httpVersion',
  'user',
  'referrer',
  'userAgent',
  'virtualHost',
  'host',
  'process',
  'pid',
];
