import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../tools/dev/system/ports.js';
import { toolPath } from '../../support/outside-tools.js';
import type { KubernetesObject } from '../objects.js';

const READY_WITHIN_MS = 180_000;
const maxBuffer = 64 * 1024 * 1024;

export interface Reply {
  status: number;
  stdout: string;
  stderr: string;
}

/** Kubernetes' API server with an etcd: it validates, defaults and admits as in a cluster, but nothing is ever run. */
export class ApiServer {
  private constructor(
    private readonly folder: string,
    private readonly url: string,
    private readonly token: string,
    private readonly children: ChildProcess[],
  ) {}

  static async start(program: string): Promise<ApiServer> {
    const folder = mkdtempSync(join(tmpdir(), 'waystop-kubernetes-'));
    const [etcdPort, peerPort, port] = [await freePort(), await freePort(), await freePort()];
    const token = randomBytes(16).toString('hex');
    writeFileSync(join(folder, 'tokens.csv'), `${token},admin,admin,"system:masters"\n`);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    writeFileSync(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const etcd = `http://127.0.0.1:${etcdPort}`;
    const children = [
      run(toolPath('etcd'), etcdArgs(folder, etcd, `http://127.0.0.1:${peerPort}`)),
      run(toolPath(program), serverArgs(folder, etcd, port)),
    ];
    const server = new ApiServer(folder, `https://127.0.0.1:${port}`, token, children);
    try {
      await server.isReady();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** `kubectl` as an administrator, with the objects on its standard input. */
  kubectl(args: readonly string[], objects: readonly KubernetesObject[] = []): Reply {
    const who = ['--server', this.url, '--token', this.token, '--insecure-skip-tls-verify'];
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
    const env = { ...process.env, KUBECONFIG: join(this.folder, 'none'), HOME: this.folder };
    const result = spawnSync(toolPath('kubectl'), [...who, ...args], {
      input,
      env,
      encoding: 'utf8',
      maxBuffer,
    });
    return { status: result.status ?? 1, stdout: result.stdout, stderr: result.stderr };
  }

  async stop(): Promise<void> {
    for (const child of this.children.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async isReady(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (this.kubectl(['get', '--raw', '/readyz']).status !== 0) {
      const ended = this.children.some((child) => child.exitCode !== null);
      if (ended || Date.now() > deadline) throw new Error("Kubernetes' API server does not start.");
      await sleep(500);
    }
  }
}

function run(program: string, args: readonly string[]): ChildProcess {
  const child = spawn(program, args, { stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

function etcdArgs(folder: string, client: string, peer: string): string[] {
  const settings = {
    'data-dir': join(folder, 'etcd'),
    'unsafe-no-fsync': true,
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
  };
  return asArguments(settings);
}

function serverArgs(folder: string, etcd: string, port: number): string[] {
  const settings = {
    'etcd-servers': etcd,
    'bind-address': '127.0.0.1',
    'secure-port': port,
    'cert-dir': folder,
    'token-auth-file': join(folder, 'tokens.csv'),
    'authorization-mode': 'RBAC',
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': join(folder, 'key.pem'),
    'service-account-signing-key-file': join(folder, 'key.pem'),
    'service-cluster-ip-range': '10.96.0.0/16',
  };
  return asArguments(settings);
}

function asArguments(settings: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
}
