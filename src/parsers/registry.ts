import { failure } from '../domain/errors.js';

export const FORMAT_NAMES = ['plain'];

/** @throws MR_ERR_FORMAT_UNKNOWN */
export function formatNamed(name: string): { name: string } {
  if (!FORMAT_NAMES.includes(name)) throw failure('MR_ERR_FORMAT_UNKNOWN', [name, FORMAT_NAMES.join(', ')]);
  return { name };
}
