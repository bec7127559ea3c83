import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heaps of this process and of its threads grow by half at a time instead of up to fourfold: a job lives on
 * much that is new and little that stays, and takes some 40 MB less for the same time. See docs/decisions/0009.
 */
export function growHeapsByHalf(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
