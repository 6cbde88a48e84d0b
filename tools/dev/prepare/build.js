// Runs the named builds side by side: `node tools/dev/prepare/build.js services client`. Ends with 1 if one fails.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = join(root, 'node_modules');
const commands = {
  services: [join(packages, '@nestjs', 'cli', 'bin', 'nest.js'), 'build'],
  client: [
    join(packages, 'vite', 'bin', 'vite.js'),
    'build',
    '--config',
    join(root, 'apps', 'web', 'vite.config.js'),
    '--logLevel',
    'warn',
  ],
};

const codes = await Promise.all(process.argv.slice(2).map(run));
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;

function run(name) {
  return new Promise((done) => {
    const child = spawn(process.execPath, commands[name], { cwd: root, stdio: 'inherit' });
    child.once('error', () => done(1));
    child.once('exit', (code) => done(code ?? 1));
  });
}
