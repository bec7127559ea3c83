import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { loadKernel } from '../../src/threads/load-kernel.js';
import { ThreadPool, type ThreadPoolOptions } from '../../src/threads/thread-pool.js';
import { SUMMARY_PLAN } from './plan-of.js';
import { PLAN } from './simulated-job.js';

const KERNEL = await loadKernel(FORMAT_NAMES);

/** A pool of real scan threads over the log of a simulated job, which lies in the file behind `descriptor`. */
export function poolOver(
  descriptor: number,
  options: Pick<ThreadPoolOptions, 'threads' | 'maxHeapMb'> & { readonly entry?: string },
): ThreadPool {
  const { threads, maxHeapMb, entry } = options;
  return new ThreadPool({
    threads,
    slots: [],
    summary: SUMMARY_PLAN,
    poison: null,
    kernel: { ...KERNEL, secret: [1, 2] },
    maxHeapMb,
    planOf: () => PLAN,
    descriptorOf: () => descriptor,
    ...(entry === undefined ? {} : { entry: new URL(entry, import.meta.url) }),
  });
}
