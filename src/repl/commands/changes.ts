/** The commands that change something. Each is written into the daemon's own log, as it ended. */
import { failure, toFault } from '../../domain/errors.js';
import type { DoneReport } from '../../report/daemon/reports.js';
import type { Command } from '../command-table.js';
import type { DaemonPort } from '../daemon-port.js';
import { nearestWord } from '../nearest-word.js';
import { readArguments } from './arguments.js';
import { asJson, type CommandDeps, plainCommand } from './deps.js';

const MAX_WORKERS = 256;

export function changingCommands({ port }: CommandDeps): readonly Command[] {
  return [
    pauseCommand(port),
    resumeCommand(port),
    scaleCommand(port),
    killCommand(port),
    reloadCommand(port),
    stopCommand(port),
  ].map((command) => audited(port, command));
}

function audited(port: DaemonPort, command: Command): Command {
  return {
    ...command,
    run: async (args, context) => {
      const entry = { command: command.name, args };
      try {
        const result = await command.run(args, context);
        port.audit({ ...entry, outcome: 'done' });
        return result;
      } catch (error) {
        port.audit({ ...entry, outcome: toFault(error).code });
        throw error;
      }
    },
  };
}

function done(what: string, needRestart: readonly string[] = []): DoneReport {
  return { schema: 'millrace.done/1', done: what, needRestart };
}

function pauseCommand(port: DaemonPort): Command {
  const help = 'read no more until resume; what is in flight is counted, nothing is lost';
  return plainCommand({ name: 'pause', help }, async () => {
    await port.pause();
    return done('paused; what is in flight is still counted');
  });
}

function resumeCommand(port: DaemonPort): Command {
  return plainCommand({ name: 'resume', help: 'go on after pause' }, async () => {
    await port.resume();
    return done('resumed');
  });
}

function scaleCommand(port: DaemonPort): Command {
  return {
    name: 'scale',
    usage: 'N',
    help: 'scan with so many threads from now on',
    run: async (args) => {
      const [text = ''] = readArguments('scale', args, { maxWords: 1 }).words;
      const workers = /^\d{1,3}$/.test(text) ? Number(text) : 0;
      if (workers < 1 || workers > MAX_WORKERS)
        throw failure('MR_ERR_COMMAND_ARGUMENT', ['scale', `a number of threads from 1 to ${MAX_WORKERS}`, text]);
      await port.scale(workers);
      return asJson(done(`scans with ${workers} ${workers === 1 ? 'thread' : 'threads'} from now on`));
    },
  };
}

function killCommand(port: DaemonPort): Command {
  return {
    name: 'kill',
    usage: 'worker-…|thread-N',
    help: 'end a worker or a thread as workers names it; its chunk is scanned again, nothing is counted twice',
    run: async (args) => {
      const [name = ''] = readArguments('kill', args, { maxWords: 1 }).words;
      if (!/^(?:worker|thread)-\S+$/.test(name))
        throw failure('MR_ERR_COMMAND_ARGUMENT', ['kill', 'a name of workers, such as thread-1', name]);
      if (!(await port.kill(name))) throw failure('MR_ERR_WORKER_NONE', [name, nearestWord(name, await namesOf(port))]);
      return asJson(done(`${name} was ended; its chunk is scanned again`));
    },
    complete: (args) => (args.length === 1 ? ['thread-', 'worker-'] : []),
  };
}

async function namesOf(port: DaemonPort): Promise<readonly string[]> {
  const workers = await port.workers();
  return workers.flatMap(({ thread, task }) => [thread, task?.worker ?? null].filter((name) => name !== null));
}

function reloadCommand(port: DaemonPort): Command {
  const help = 'read the configuration again; where it is wrong nothing changes';
  return plainCommand({ name: 'reload', help }, async () => {
    const { applied, needRestart } = await port.reload();
    const what = applied.length === 0 ? 'reloaded; nothing changed' : `reloaded; in force now: ${applied.join(', ')}`;
    return done(what, needRestart);
  });
}

function stopCommand(port: DaemonPort): Command {
  const help = 'count what is in flight, commit, and end';
  return plainCommand({ name: 'stop', help }, async () => {
    await port.stop();
    return done('stopping');
  });
}
