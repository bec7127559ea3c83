import { MillraceError } from '../../src/domain/errors.js';

/** The sentence of the failure that `action` throws; null where it throws none. Anything else is thrown on. */
export function failureOf(action: () => unknown): string | null {
  try {
    action();
    return null;
  } catch (error) {
    if (error instanceof MillraceError) return error.message;
    throw error;
  }
}
