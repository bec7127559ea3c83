import fc from 'fast-check';
import type { Account } from '../../src/domain/account.js';
import { REJECTION_REASONS } from '../../src/domain/log-entry.js';

/** One thing that a scan enters into an account. */
export type AccountAction = (account: Account) => void;

const anyBytes = fc.integer({ min: 3, max: 5000 });

export const anyAccountAction: fc.Arbitrary<AccountAction> = fc.oneof(
  fc.tuple(fc.constantFrom('plain', 'json'), anyBytes, fc.integer({ min: 1, max: 3 })).map(
    ([format, bytes, lines]): AccountAction =>
      (account) =>
        account.addParsed(format, bytes, lines),
  ),
  fc.tuple(fc.constantFrom(...REJECTION_REASONS), anyBytes).map(
    ([reason, bytes]): AccountAction =>
      (account) =>
        account.addMalformed(reason, bytes),
  ),
  anyBytes.map(
    (bytes): AccountAction =>
      (account) =>
        account.addEmpty(bytes),
  ),
  anyBytes.map(
    (bytes): AccountAction =>
      (account) =>
        account.addOversize(bytes),
  ),
  anyBytes.map(
    (bytes): AccountAction =>
      (account) =>
        account.addQuarantined(bytes),
  ),
  anyBytes.map(
    (bytes): AccountAction =>
      (account) =>
        account.addNul(bytes),
  ),
);
