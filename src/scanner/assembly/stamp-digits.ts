/** Numbers of a few digits, as stamps have them. */
import { isDigit } from './bytes';

/** The number that two digits make; anything where they are none. */
// @ts-ignore: decorator
@inline
export function twoDigits(at: usize, end: usize): i32 {
  return <i32>load<u8>(at) * 10 + <i32>load<u8>(at + 1) - 528;
}

export function areDigits(at: usize, end: usize, count: usize): bool {
  if (at + count > end) return false;
  for (let next = at; next < at + count; next += 1) if (!isDigit(load<u8>(next))) return false;
  return true;
}

/** The number that `count` digits at `at` make. */
export function digits(at: usize, count: usize): i64 {
  let value: i64 = 0;
  for (let next = at; next < at + count; next += 1) value = value * 10 + <i64>load<u8>(next) - 48;
  return value;
}
