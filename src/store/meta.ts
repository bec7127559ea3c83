/** The few facts about the state as a whole. */
import type { Resolution } from '../domain/store/resolutions.js';
import type { Tables } from './tables.js';

/** `clean` is 1 from an orderly stop to the next opening. `zone` is the one in which the state was begun. */
export type MetaName = 'epoch' | 'clean' | 'zone' | 'boot_id' | `horizon_${Resolution}`;

/** The fact of that name; null where it was never noted. */
export function readMeta({ meta }: Pick<Tables, 'meta'>, name: MetaName): string | null {
  return meta.get(name)?.value ?? null;
}

export function writeMeta({ meta }: Pick<Tables, 'meta'>, name: MetaName, value: string): void {
  meta.put({ name, value });
}

/** Start of the first window that is kept, epoch ms. */
export function readHorizon(tables: Pick<Tables, 'meta'>, resolution: Resolution): number {
  return Number(readMeta(tables, `horizon_${resolution}`) ?? 0);
}
