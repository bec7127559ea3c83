import type { SummaryPlan } from '../../src/domain/plan.js';
import { compileProgram } from '../../src/parsers/program/compile-program.js';
import { KernelEngine } from '../../src/threads/kernel-engine.js';
import type { ScanEngine, ScanHooks } from '../../src/threads/scan-engine.js';
import { KERNEL } from './twins.js';

/** The kernel's engine for plans of any formats: one for each list of them, as a job has. */
export function anyKernelEngine(summary: SummaryPlan, hooks: ScanHooks): ScanEngine {
  const engines = new Map<string, KernelEngine>();
  const engineFor = (formats: readonly string[]): KernelEngine => {
    const key = formats.join(' ');
    const known = engines.get(key);
    if (known !== undefined) return known;
    const engine = new KernelEngine({
      module: KERNEL,
      program: compileProgram(formats),
      summary,
      secret: [1, 2],
      hooks,
    });
    engines.set(key, engine);
    return engine;
  };
  return { scan: (task, plan, bytes) => engineFor(plan.formats).scan(task, plan, bytes) };
}
