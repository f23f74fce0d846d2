import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreeswitch } from './find-freeswitch';
import { NoSwitchError } from './no-switch-error';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'find-freeswitch-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function program(...path: string[]): string {
  const file = join(folder, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

describe('the FreeSWITCH of this machine', () => {
  it('is the one that is named', () => {
    const named = program('mine', 'fs');
    program('bin', 'freeswitch');
    expect(findFreeswitch({ FREESWITCH_BIN: named, PATH: join(folder, 'bin') }, [])).toBe(named);
  });

  it('is the first on the path, else one in a usual place', () => {
    const second = program('b', 'freeswitch');
    const usual = program('usual', 'freeswitch');
    mkdirSync(join(folder, 'a', 'freeswitch'), { recursive: true });
    const PATH = `:${join(folder, 'a')}:${join(folder, 'b')}`;
    expect(findFreeswitch({ PATH }, [usual])).toBe(second);
    expect(findFreeswitch({}, [join(folder, 'gone'), usual])).toBe(usual);
  });

  it('is none, when there is none; but one that is named must be there', () => {
    expect(findFreeswitch({ PATH: folder }, [])).toBeUndefined();
    const named = join(folder, 'gone');
    expect(() => findFreeswitch({ FREESWITCH_BIN: named }, [])).toThrow(NoSwitchError);
    expect(() => findFreeswitch({ FREESWITCH_BIN: folder }, [])).toThrow(
      `FREESWITCH_BIN=${folder} is no program`,
    );
  });
});
