import type { ActorSystem, SystemEvent } from '../actors/system.js';
import type { Log } from './log.js';

/** Writes what happens to actors into the own log: crashes as info, once each, births and ends as debug. */
export function logEvents(system: Pick<ActorSystem, 'tap'>, log: Log): void {
  system.tap((event) => logEvent(event, log));
}

function logEvent(event: SystemEvent, log: Log): void {
  const { path } = event;
  if (event.type === 'crashed' && event.answer !== 'escalate') log.info('Actor crashed', { path, error: event.fault });
  if (event.type === 'late') log.debug('Handler ended after its actor', { path });
  if (event.type === 'spawned') log.debug('Actor spawned', { path, incarnation: event.incarnation });
  if (event.type === 'stopped') log.debug('Actor stopped', { path });
}
