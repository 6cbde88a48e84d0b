import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clockFinding } from '../../../libs/service/src/doctor/clock-finding.js';
import { exitCodeOf, nodeFinding, formatFindings, type Finding } from '#service';
import { keptSecrets, secretsFile } from '../../dev/system/kept-secrets.js';
import { freePort } from '../../dev/system/ports.js';
import { parseSettings } from '../../dev/system/settings.js';
import { disk, folder, machineFindings } from './machine-findings.js';

let dataDir: string;
let server: Server | undefined;
const { PATH } = process.env;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'waystop-doctor-'));
});
afterEach(() => {
  process.env['PATH'] = PATH;
  server?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function look(env: Record<string, string> = {}, isRunning = false): Promise<Finding[]> {
  const parsed = parseSettings({ PORT: String(await freePort()), DATA_DIR: dataDir, ...env });
  if ('wrong' in parsed) throw new Error(parsed.wrong.join());
  return machineFindings(parsed.settings, isRunning);
}

const wrongOnes = (findings: Finding[]) => findings.filter(({ whatToDo }) => whatToDo !== undefined);

describe('the doctor of a machine', () => {
  it('finds nothing wrong where nothing is', async () => {
    const findings = await look();
    expect(wrongOnes(findings.filter(({ what }) => what !== 'disk'))).toEqual([]);
    expect(findings.map(({ what }) => what.replace(/\d+/, 'N'))).toEqual([
      'data folder',
      'disk',
      'secrets',
      'port N',
      'nats-server',
      'PostgreSQL',
    ]);
  });

  it('names who has taken the port', async () => {
    server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const [finding] = wrongOnes(await look({ PORT: String(port) }));
    expect(finding?.what).toBe(`port ${port}`);
    if (process.platform === 'linux') expect(finding?.found).toContain(`process ${process.pid} (`);
  });

  it('tells of a running system that does not answer', async () => {
    const [finding] = wrongOnes(await look({}, true));
    expect(finding?.found).toContain('is not ready');
  });

  it('tells of a data folder that is none', () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    expect(folder(file).whatToDo).toContain('DATA_DIR');
    expect(folder(join(dataDir, 'new', 'folder'))).toEqual({
      what: 'data folder',
      found: `${dataDir}/new/folder, made at the first start`,
    });
  });

  // A file system without a free block.
  it('tells of a full disk', () => {
    if (process.platform === 'linux') expect(disk('/proc').whatToDo).toContain('Free some space');
  });

  it('tells of secrets that others can read, or that are damaged', async () => {
    keptSecrets(dataDir);
    chmodSync(secretsFile(dataDir), 0o644);
    const [open] = wrongOnes(await look());
    expect([open?.what, open?.whatToDo]).toEqual(['secrets', `chmod 600 ${secretsFile(dataDir)}`]);
    writeFileSync(secretsFile(dataDir), '{');
    chmodSync(secretsFile(dataDir), 0o600);
    const [damaged] = wrongOnes(await look());
    expect(damaged?.whatToDo).toContain('Restore it from a backup');
  });

  it('tells of a nats-server that is too old', async () => {
    writeFileSync(join(dataDir, 'nats-server'), '#!/bin/sh\necho nats-server: v2.8.4\n', { mode: 0o755 });
    process.env['PATH'] = `${dataDir}:${PATH}`;
    const [finding] = wrongOnes(await look());
    expect(finding?.found).toContain('2.8.4; Waystop needs nats-server 2.9.10');
    expect(wrongOnes(await look({ NATS_URL: 'nats://elsewhere:4222' }))).toEqual([]);
  });
});

describe('single findings', () => {
  it.each([['18.20.4'], ['22.22.0']])('tell of Node %s', (version) =>
    expect(nodeFinding(version).whatToDo).toContain('24'),
  );

  it.each([
    [900, 0, true],
    [-900, 0, true],
    [1_400, 500, true],
    [1_600, 500, false],
    [-5_000, 10, false],
  ])('take a clock that is %d ms ahead, give or take %d, for right: %p', (ahead, doubt, isRight) =>
    expect(clockFinding('clock', 'the server', ahead, doubt).whatToDo === undefined).toBe(isRight),
  );

  it('say what to do below what is wrong, and end with 1', () => {
    const findings = [nodeFinding('24.1.0'), nodeFinding('18.0.0')];
    expect(formatFindings(findings)).toBe(
      '  ok     Node             24.1.0\n  wrong  Node             18.0.0\n         → Install Node 24 or newer.\n',
    );
    expect([exitCodeOf(findings), exitCodeOf(findings.slice(0, 1))]).toEqual([1, 0]);
  });
});
