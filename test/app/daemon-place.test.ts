import { expect } from 'chai';
import type { Surroundings } from '../../src/app/config-files.js';
import { findDaemon } from '../../src/app/daemon-place.js';
import { useScratch } from '../support/scratch.js';

describe('app/daemon-place', () => {
  const { path, write } = useScratch();
  const around = (env: NodeJS.ProcessEnv = {}): Surroundings => ({
    env,
    workingDirectory: path('work'),
    home: path('home'),
    root: path('root'),
  });

  it('finds the daemon that watch would be here: by option, environment, files and convention', () => {
    const found = [findDaemon({}, around()), findDaemon({}, around({ STATE_DIRECTORY: path('service') }))];
    write('root/etc/millrace/config.yaml', `state: ${path('of-system')}\n`);
    found.push(findDaemon({}, around({ STATE_DIRECTORY: path('service') })));
    write('work/.millrace.yaml', 'state: of-project\n');
    found.push(findDaemon({}, around()), findDaemon({ config: write('mine.yaml', 'state: of-mine\n') }, around()));
    found.push(findDaemon({}, around({ MILLRACE_STATE: 'of-environment' })));
    found.push(findDaemon({ state: 'asked' }, around({ MILLRACE_STATE: 'of-environment' })));
    found.push(findDaemon({ socket: '/run/its.sock', state: 'asked' }, around()));

    const folders = ['home/.local/state/millrace', 'service', 'of-system', 'work/of-project', 'work/of-mine'];
    const sockets = [...folders, 'work/of-environment', 'work/asked'].map((folder) => path(`${folder}/control.sock`));
    expect(found).to.deep.equal([...sockets, '/run/its.sock'].map((socket) => ({ socket, faults: [] })));
  });

  it('does not guess by settings that are wrong, unless an option names the daemon', () => {
    write('work/.millrace.yaml', 'stat: mine\n');

    expect(findDaemon({}, around())).to.deep.equal({
      socket: null,
      faults: [
        {
          code: 'MR_ERR_CONFIG_INVALID',
          message: `${path('work/.millrace.yaml')}:1:1: no setting is called 'stat'; did you mean 'state'?`,
        },
      ],
    });
    expect(findDaemon({ state: path('s') }, around())).to.deep.equal({ socket: path('s/control.sock'), faults: [] });
    expect(findDaemon({ config: false }, around()).faults).to.deep.equal([]);
  });

  it('says what is missing where no state is named, or an empty one, and there is no home', () => {
    const nobody = { ...around(), home: null };
    const sentence = (expected: string): object => ({
      socket: null,
      faults: [{ code: 'MR_ERR_OPTION_INVALID', message: `--state wants ${expected}` }],
    });

    expect(findDaemon({}, nobody)).to.deep.equal(
      sentence("a directory, for this user has no home to keep the state in, found 'nothing'"),
    );
    expect(findDaemon({ state: '' }, around())).to.deep.equal(sentence("a path, found ''"));
  });
});
