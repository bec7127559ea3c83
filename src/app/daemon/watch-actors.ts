/** The actors of a daemon: their behaviors with what they need, below the Supervisor that ends all with the first that fails. */
import { type ArchivistPolicy, archivistBehavior } from '../../actors/archivist.js';
import { coordinatorBehavior } from '../../actors/coordinator.js';
import type { CoordinatorPolicy } from '../../actors/coordinator-deps.js';
import { emptyLedger } from '../../actors/coordinator-ledger.js';
import { type LiveAnalyzerDeps, liveAnalyzerBehavior } from '../../actors/live-analyzer.js';
import type { LiveAnalyzerMessage } from '../../actors/messages/analyzer.js';
import type { ClockTicked } from '../../actors/messages/clock.js';
import type { ArchivistMessage } from '../../actors/messages/archivist.js';
import type { CoordinatorMessage } from '../../actors/messages/coordinator.js';
import type { SupervisorMessage } from '../../actors/messages/supervisor.js';
import type { WatcherMessage } from '../../actors/messages/watcher.js';
import type { Scheduler } from '../../actors/scheduler.js';
import { StreamBook, type StreamBookDeps } from '../../actors/stream-book.js';
import { type ActorRef, type ActorSystem, type Context, tell } from '../../actors/system.js';
import { watchSupervisorBehavior } from '../../actors/watch-supervisor.js';
import { type ScanPace, watcherBehavior, type WatcherDeps } from '../../actors/watcher.js';
import type { ChunkDispatcher } from '../../domain/chunk-dispatcher.js';
import type { Store } from '../../domain/store/store.js';
import type { FollowSource } from '../../sources/follow/follow-source.js';

/** How often what is older than it is kept is removed. */
const MAINTENANCE_MS = 600_000;

/** What the actors of a daemon work with. */
export interface WatchActorsDeps {
  readonly source: FollowSource;
  readonly dispatcher: ChunkDispatcher;
  readonly store: Store;
  readonly book: StreamBookDeps;
  readonly live: Pick<LiveAnalyzerDeps, 'onFact' | 'onCommitted'> & Pick<WatcherDeps, 'onScanned'>;
  readonly scheduler: Scheduler;
  /** Monotonic ms, and epoch ms. */
  readonly now: () => number;
  readonly epochNow: () => number;
  readonly coordinatorPolicy: CoordinatorPolicy;
  readonly archivistPolicy: ArchivistPolicy;
  readonly pace: ScanPace;
  readonly tickMs: number;
  readonly maxSilentTicks: number;
}

/** The running actors of a daemon. */
export interface WatchActors {
  readonly tellCoordinator: (message: CoordinatorMessage) => void;
  readonly tellWatcher: (message: WatcherMessage) => void;
  readonly archivist: () => ActorRef<ArchivistMessage> | null;
  readonly coordinator: () => ActorRef<CoordinatorMessage> | null;
  readonly stopTicking: () => void;
}

interface Refs {
  archivist: ActorRef<ArchivistMessage> | null;
  watcher: ActorRef<WatcherMessage> | null;
  analyzer: ActorRef<LiveAnalyzerMessage> | null;
  coordinator: ActorRef<CoordinatorMessage> | null;
}

/** Spawns the Supervisor of a daemon, which starts the others and the first scan. */
export function superviseWatch(system: ActorSystem, deps: WatchActorsDeps): WatchActors {
  const refs: Refs = { archivist: null, watcher: null, analyzer: null, coordinator: null };
  const { scheduler, now } = deps;
  const book = new StreamBook(deps.book);
  const supervisor = system.spawn(
    'supervisor',
    watchSupervisorBehavior({
      maxSilentTicks: deps.maxSilentTicks,
      spawnChildren: (context) => spawnChildren(context, refs, { ...deps, book }),
    }),
  );
  tell(supervisor, { type: 'supervisor.start' });
  const timers = [
    scheduler.every(deps.tickMs, () => tell(supervisor, { type: 'supervisor.tick', now: now() })),
    scheduler.every(MAINTENANCE_MS, () => refs.archivist !== null && tell(refs.archivist, { type: 'maintenance.due' })),
  ];
  return {
    tellCoordinator: (message) => void (refs.coordinator !== null && tell(refs.coordinator, message)),
    tellWatcher: (message) => void (refs.watcher !== null && tell(refs.watcher, message)),
    archivist: () => refs.archivist,
    coordinator: () => refs.coordinator,
    stopTicking: () => {
      for (const cancel of timers) cancel();
    },
  };
}

function spawnChildren(
  context: Context<SupervisorMessage>,
  refs: Refs,
  deps: Omit<WatchActorsDeps, 'book'> & { readonly book: StreamBook },
): readonly ActorRef<ClockTicked>[] {
  const { source, dispatcher, now } = deps;
  const watcherOf = (): Refs['watcher'] => refs.watcher;
  const archivist = context.spawn(
    'archivist',
    archivistBehavior({ ...deps, policy: deps.archivistPolicy, watcher: watcherOf, analyzer: () => refs.analyzer }),
  );
  const watcher = context.spawn(
    'watcher',
    watcherBehavior({ ...deps, ...deps.live, archivist, coordinator: () => refs.coordinator }),
  );
  const analyzer = context.spawn(
    'analyzer',
    liveAnalyzerBehavior({ ...deps, ...deps.live, watcher: watcherOf, pathOf: (file) => source.planOf(file).path }),
  );
  const coordinator = context.spawn(
    'coordinator',
    coordinatorBehavior({
      source,
      dispatcher,
      analyzer,
      files: 0,
      now,
      policy: deps.coordinatorPolicy,
      takeOver: () => emptyLedger(now()),
      handOn: () => undefined,
    }),
  );
  Object.assign(refs, { archivist, watcher, analyzer, coordinator });
  tell(watcher, { type: 'scan.due' });
  return [archivist, watcher, analyzer, coordinator];
}
