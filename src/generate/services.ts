/** The make-believe shop that writes the logs: its services, and what they say besides answering requests. */
import { bytesOf } from '../domain/byte-string.js';
import type { Level } from '../domain/log-entry.js';

/** A part of the shop: one logger, one program, one kind of thing. */
export interface Service {
  readonly name: string;
  /** Name of its logger in formats that state one. */
  readonly logger: string;
  readonly program: Uint8Array;
  readonly loggerBytes: Uint8Array;
  /** What it works at, as the subject of a sentence. */
  readonly subject: Uint8Array;
}

function service(name: string, subject: string): Service {
  const logger = `shop.${name}`;
  return { name, logger, program: bytesOf(name), loggerBytes: bytesOf(logger), subject: bytesOf(subject) };
}

export const SERVICES: readonly Service[] = [
  service('products', 'Product'),
  service('users', 'User'),
  service('orders', 'Order'),
  service('carts', 'Cart'),
  service('reviews', 'Review'),
  service('images', 'Image'),
  service('payments', 'Payment'),
  service('invoices', 'Invoice'),
  service('stores', 'Store'),
  service('coupons', 'Coupon'),
  service('articles', 'Article'),
  service('devices', 'Device'),
];

/** A sentence of the application log with a number in it; none of them tells of finished work with its duration. */
export interface Note {
  readonly level: Level;
  readonly weight: number;
  readonly before: Uint8Array;
  /** The number is below this. */
  readonly limit: number;
  readonly after: Uint8Array;
}

function note(level: Level, weight: number, text: string, limit: number): Note {
  const [before = '', after = ''] = text.split('#');
  return { level, weight, before: bytesOf(before), limit, after: bytesOf(after) };
}

export const NOTES: readonly Note[] = [
  note('INFO', 300, 'Session # refreshed', 1_000_000),
  note('INFO', 150, 'Cache warmed with # entries', 5000),
  note('INFO', 100, 'Mail # queued', 100_000),
  note('INFO', 75, 'Token of user # renewed', 100_000),
  note('INFO', 60, 'Batch # committed', 100_000),
  note('INFO', 50, 'Worker # ready', 64),
  note('INFO', 43, 'Connected to replica #', 8),
  note('INFO', 38, 'Settings of version # loaded', 400),
  note('DEBUG', 120, 'Cache hit for item #', 100_000),
  note('DEBUG', 60, 'Pool has # free connections', 128),
  note('DEBUG', 40, 'Lock # acquired', 4096),
  note('WARN', 40, 'Retrying payment provider in #s', 60),
  note('WARN', 27, 'Queue holds # messages above its limit', 2000),
  note('WARN', 20, 'Stock of item # is low', 100_000),
  note('ERROR', 8, 'Connection to inventory # refused', 8),
  note('ERROR', 5, 'Message # dropped: checksum does not match', 1_000_000),
  note('FATAL', 0.5, 'No file handles left on shard #', 16),
];
