import { chmodSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { relative } from 'node:path';
import { expect } from 'chai';
import { type Candidate, candidatesIn, readCandidate, type Surroundings } from '../../src/app/config-files.js';
import { asNobody } from '../support/as-nobody.js';
import { failureOf } from '../support/failure-of.js';
import { useScratch } from '../support/scratch.js';

const AROUND: Surroundings = { env: {}, workingDirectory: '/no/where', home: '/home/ann', root: '/' };

describe('app/config-files', () => {
  const { path, write, fifo } = useScratch();
  const pathsIn = (around: Partial<Surroundings>, named?: string | false): string[] =>
    candidatesIn({ ...AROUND, ...around }, named).map(({ path: file }) => file);
  const named = (name: string): Candidate => ({ layer: 'project', path: path(name), isNamed: true });

  describe('where they lie', () => {
    it('is the project, the home and /etc, strongest first', () => {
      expect(candidatesIn(AROUND, undefined)).to.deep.equal([
        { layer: 'project', path: '/no/where/.millrace.yaml', isNamed: false },
        { layer: 'user', path: '/home/ann/.config/millrace/config.yaml', isNamed: false },
        { layer: 'system', path: '/etc/millrace/config.yaml', isNamed: false },
      ]);
    });

    it('follows XDG_CONFIG_HOME where it is absolute, and another root', () => {
      const user = (xdg: string): string | undefined => pathsIn({ env: { XDG_CONFIG_HOME: xdg } })[1];

      expect(user('/xdg')).to.equal('/xdg/millrace/config.yaml');
      expect(user('xdg')).to.equal('/home/ann/.config/millrace/config.yaml');
      expect(user('')).to.equal('/home/ann/.config/millrace/config.yaml');
      expect(pathsIn({ root: '/jail' })[2]).to.equal('/jail/etc/millrace/config.yaml');
    });

    it('is not the home of a user who has none', () => {
      const paths = ['/no/where/.millrace.yaml', '/etc/millrace/config.yaml'];

      expect(pathsIn({ home: null })).to.deep.equal(paths);
      expect(pathsIn({ home: null, env: { XDG_CONFIG_HOME: '/xdg' } })[1]).to.equal('/xdg/millrace/config.yaml');
    });

    it('is no project where the working directory was removed', () => {
      expect(pathsIn({ workingDirectory: null })).to.deep.equal([
        '/home/ann/.config/millrace/config.yaml',
        '/etc/millrace/config.yaml',
      ]);
      expect(pathsIn({ workingDirectory: null }, '/named.yaml')[0]).to.equal('/named.yaml');
    });

    it('is a named file in place of that of the project: of --config before that of MILLRACE_CONFIG', () => {
      const env = { MILLRACE_CONFIG: 'env.yaml' };

      expect(candidatesIn({ ...AROUND, env }, '/named.yaml')[0]).to.deep.equal({
        layer: 'project',
        path: '/named.yaml',
        isNamed: true,
      });
      expect(candidatesIn({ ...AROUND, env }, undefined)[0]).to.deep.equal({
        layer: 'project',
        path: '/no/where/env.yaml',
        isNamed: true,
      });
      expect(pathsIn({ env: { MILLRACE_CONFIG: '' } })[0]).to.equal('/no/where/.millrace.yaml');
    });

    it('is nowhere for --no-config, whatever MILLRACE_CONFIG says', () => {
      expect(pathsIn({ env: { MILLRACE_CONFIG: 'env.yaml' } }, false)).to.deep.equal([]);
    });
  });

  describe('the file of a project', () => {
    const projectFile = (workingDirectory: string): string =>
      relative(path(), pathsIn({ workingDirectory: path(workingDirectory) })[0] ?? '');

    it('is the nearest from the working directory up to the one that holds .git', () => {
      write('.millrace.yaml', '');
      write('shop/.git/HEAD', '');
      write('shop/a/b/c.log', '');

      expect(projectFile('shop/a/b')).to.equal('shop/a/b/.millrace.yaml'); // nothing of above the project
      write('shop/.millrace.yaml', '');
      expect(projectFile('shop/a/b')).to.equal('shop/.millrace.yaml');
      write('shop/a/.millrace.yaml', '');
      expect(projectFile('shop/a/b')).to.equal('shop/a/.millrace.yaml');
      write('shop/a/b/.millrace.yaml', '');
      expect(projectFile('shop/a/b')).to.equal('shop/a/b/.millrace.yaml');
      expect(projectFile('shop')).to.equal('shop/.millrace.yaml');
    });

    it('takes the .git file of a worktree for the root of a project', () => {
      write('.git/HEAD', '');
      write('.millrace.yaml', '');
      write('tree/.git', 'gitdir: elsewhere');
      write('tree/a/x.log', '');

      expect(projectFile('tree/a')).to.equal('tree/a/.millrace.yaml');
    });

    it('is that of the working directory alone outside of a project', () => {
      write('.millrace.yaml', '');
      write('a/x.log', '');

      expect(projectFile('a')).to.equal('a/.millrace.yaml');
      expect(projectFile('')).to.equal('.millrace.yaml');
    });
  });

  describe('their text', () => {
    const reason = (name: string): string | null =>
      failureOf(() => readCandidate(named(name)))?.replace(path(name), name) ?? null;

    it('is read whole, also through a link', () => {
      symlinkSync(write('a.yaml', 'top: 3 # drei für ß\n'), path('link.yaml'));

      expect(readCandidate(named('link.yaml'))).to.equal('top: 3 # drei für ß\n');
      expect(readCandidate(named(relative(path(), write('empty', ''))))).to.equal('');
    });

    it('is nothing where a file is missing that nobody named', () => {
      write('closed/c.yaml', '');
      chmodSync(path('closed'), 0o700);

      for (const name of ['none.yaml', 'none/c.yaml']) {
        expect(readCandidate({ ...named(name), isNamed: false })).to.equal(null);
      }
      expect(asNobody(() => readCandidate({ ...named('closed/c.yaml'), isNamed: false }))).to.equal(null);
    });

    it('is refused where a named file is missing', () => {
      expect(reason('none.yaml')).to.equal('Cannot read configuration none.yaml: it does not exist');
    });

    it('is refused where nobody may read it, named or not', () => {
      chmodSync(write('secret.yaml', 'top: 1'), 0o000);

      const sentence = `Cannot read configuration ${path('secret.yaml')}: permission denied`;
      for (const isNamed of [true, false]) {
        expect(asNobody(() => failureOf(() => readCandidate({ ...named('secret.yaml'), isNamed })))).to.equal(sentence);
      }
    });

    it('is refused, at once, where something else than a file lies there', async () => {
      write('folder/x', '');
      fifo('pipe');
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(path('socket'), resolve));

      expect(['folder', 'pipe', 'socket'].map(reason)).to.deep.equal([
        'Cannot read configuration folder: it is a directory',
        'Cannot read configuration pipe: it is a FIFO',
        'Cannot read configuration socket: no such device or address',
      ]);
      expect(failureOf(() => readCandidate({ ...named(''), path: '/dev/null' }))).to.equal(
        'Cannot read configuration /dev/null: it is a device',
      );
      await new Promise((resolve) => server.close(resolve));
    });

    it('is refused above 128 KiB', () => {
      write('most.yaml', '#'.repeat(128 * 1024));
      write('more.yaml', '#'.repeat(128 * 1024 + 1));

      expect(readCandidate(named('most.yaml'))?.length).to.equal(128 * 1024);
      expect(reason('more.yaml')).to.equal('Cannot read configuration more.yaml: it has more than 131072 bytes');
    });

    it('is refused where it is not UTF-8, and it is said where', () => {
      write('latin1.yaml', Buffer.from('top: 1\n# f\u00fcr\n', 'latin1'));
      write('utf16.yaml', Buffer.from('\ufefftop: 1\n', 'utf16le'));
      write('cut.yaml', Buffer.from('# \u00e4\u00f6\n# \u20ac').subarray(0, -1));

      expect(['latin1.yaml', 'utf16.yaml', 'cut.yaml'].map(reason)).to.deep.equal([
        'latin1.yaml:2:4: not UTF-8 text',
        'utf16.yaml:1:1: not UTF-8 text',
        'cut.yaml:2:3: not UTF-8 text',
      ]);
    });
  });
});
