import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../tools/dev/system/ports.js';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { findTool } from '../../tools/outside/find.js';

export type ProxyName = 'nginx' | 'caddy';

const READY_WITHIN_MS = 20_000;
const languages = { nginx: 'nginx', caddy: 'caddyfile' };

/** The configuration that docs/operations.md gives for this proxy. */
export function documented(name: ProxyName): string {
  const text = readFileSync(join(projectRoot, 'docs', 'operations.md'), 'utf8');
  const block = new RegExp(`\\n\`\`\`${languages[name]}\\n([\\s\\S]*?)\\n\`\`\``).exec(text)?.[1];
  if (block === undefined) throw new Error(`docs/operations.md has no configuration for ${name}.`);
  return block;
}

/** A proxy with the documented configuration; only its own port and the gateway's are others. */
export class Proxy {
  private said = '';

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** @param events what else nginx's block of that name says */
  static async start(name: ProxyName, gatewayUrl: string, { events = '' } = {}): Promise<Proxy> {
    const program = findTool(name);
    if (program === undefined) throw new Error(`${name} is not installed.`);
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), `waystop-${name}-`));
    // nginx as root serves as another user, who has to come in.
    chmodSync(folder, 0o755);
    const gateway = new URL(gatewayUrl).host;
    const text = documented(name).replace('127.0.0.1:3000', gateway);
    const args = name === 'nginx' ? nginxArgs(folder, text, port, events) : caddyArgs(folder, text, port);
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env, cwd: folder });
    const proxy = new Proxy(`http://127.0.0.1:${port}`, child, folder);
    child.stderr.on('data', (chunk: Buffer) => (proxy.said += chunk.toString()));
    await proxy.answers();
    return proxy;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    const live = () =>
      fetch(`${this.url}/openapi.json`).then(
        ({ ok }) => ok,
        () => false,
      );
    while (!(await live())) {
      if (this.child.exitCode !== null || Date.now() > deadline)
        throw new Error(`The proxy does not start: ${this.said}`);
      await sleep(100);
    }
  }
}

/** What the documented lines stand in: files of its own, in the foreground. */
function nginxArgs(folder: string, text: string, port: number, events: string): string[] {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (what) => `${what}_temp_path ${folder}/${what};`,
  );
  const server = text.replace('listen 80;', `listen 127.0.0.1:${port};`);
  const around = `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events { ${events} }`;
  writeFileSync(
    join(folder, 'nginx.conf'),
    `${around}\nhttp { access_log off; ${paths.join(' ')}\n${server}\n}\n`,
  );
  return ['-p', folder, '-c', join(folder, 'nginx.conf')];
}

function caddyArgs(folder: string, text: string, port: number): string[] {
  const site = text.replace(/^:80 /, `http://127.0.0.1:${port} `);
  writeFileSync(join(folder, 'Caddyfile'), `{\n  admin off\n}\n${site}\n`);
  return ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'];
}
