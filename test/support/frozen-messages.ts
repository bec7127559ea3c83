import type { ActorSystem } from '../../src/actors/system.js';

/**
 * Freezes every message of a system the moment it is sent, with all that it leads to: whoever changes one, its sender or
 * its receiver, throws. Bytes cannot be frozen, so they are copied and compared.
 * @returns paths of the actors that were sent bytes which are not what they were
 */
export function freezeMessages(system: ActorSystem): () => string[] {
  const sent: { readonly path: string; readonly bytes: Uint8Array; readonly copy: Buffer }[] = [];
  system.tap((event) => {
    if (event.type !== 'message') return;
    const { path } = event;
    deepFreeze(event.message, new Set(), (bytes) => sent.push({ path, bytes, copy: Buffer.from(bytes) }));
  });
  return () => sent.filter(({ bytes, copy }) => !copy.equals(bytes)).map(({ path }) => path);
}

function deepFreeze(value: unknown, seen: Set<unknown>, onBytes: (bytes: Uint8Array) => void): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof Uint8Array) return onBytes(value);
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part, seen, onBytes);
}
