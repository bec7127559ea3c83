import { expect } from 'chai';
import { stateFolderOf } from '../../src/store/state-folder.js';

const HOME = '/home/ada';

describe('store/state-folder', () => {
  const cases = [
    {
      title: '--state before all',
      asked: 'here',
      env: { STATE_DIRECTORY: '/s', XDG_STATE_HOME: '/x', HOME },
      folder: 'here',
    },
    {
      title: 'what systemd says',
      asked: null,
      env: { STATE_DIRECTORY: '/s', XDG_STATE_HOME: '/x', HOME },
      folder: '/s',
    },
    {
      title: 'the first of several',
      asked: null,
      env: { STATE_DIRECTORY: '/var/lib/a:/var/lib/b', HOME },
      folder: '/var/lib/a',
    },
    { title: 'the folder of states', asked: null, env: { XDG_STATE_HOME: '/x', HOME }, folder: '/x/millrace' },
    {
      title: 'no relative folder',
      asked: null,
      env: { XDG_STATE_HOME: 'x', HOME },
      folder: '/home/ada/.local/state/millrace',
    },
    {
      title: 'nothing that is empty',
      asked: '',
      env: { STATE_DIRECTORY: '', XDG_STATE_HOME: '', HOME },
      folder: '/home/ada/.local/state/millrace',
    },
    { title: 'nothing without a home', asked: null, env: {}, folder: null },
  ] as const;
  for (const { title, asked, env, folder } of cases) {
    it(`takes ${title}`, () => {
      expect(stateFolderOf({ asked, env })).to.equal(folder);
    });
  }
});
