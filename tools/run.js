// Runs one of the project's commands: `npm run <command>`, with arguments as `npm run <command> -- <argument>`.
// Plain JavaScript that needs no package, since it sees to Node, the packages and the build before anything else.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWith } from './dev/prepare/child.js';
import { goOnWith, newerNode, NoNode } from './dev/prepare/node.js';
import { installPackages, prepare } from './dev/prepare/prepare.js';
import { chooseServers } from './outside/servers.js';

/** The module and the function of each command. What the function returns is the exit code. */
const commands = {
  start: ['tools/dev/system/npm-start', 'npmStart'],
  dev: ['tools/dev/system/npm-dev', 'npmDev'],
  test: ['tools/dev/system/npm-test', 'npmTest'],
  chaos: ['test/chaos/npm-chaos', 'npmChaos'],
  demo: ['tools/demo/main', 'main'],
  bench: ['tools/bench/main', 'main'],
  pictures: ['tools/pictures/main', 'main'],
  replay: ['tools/operate/commands/run-admin', 'npmReplay'],
  'dead-letters': ['tools/operate/commands/run-admin', 'npmDeadLetters'],
  mail: ['tools/operate/commands/mail', 'npmMail'],
  'sign-in-link': ['tools/operate/commands/sign-in-link', 'npmSignInLink'],
  doctor: ['tools/operate/doctor/npm-doctor', 'npmDoctor'],
  migrate: ['tools/operate/commands/npm-migrate', 'npmMigrate'],
  backup: ['tools/operate/backup/npm-backup', 'npmBackup'],
  restore: ['tools/operate/backup/npm-restore', 'npmRestore'],
  upgrade: ['tools/release/upgrade/main', 'main'],
  'check-image': ['test/deploy/check-image', 'checkImage'],
  openapi: ['tools/release/openapi', 'writeOpenApi'],
  contracts: ['tools/release/contracts/write-contracts', 'writeContracts'],
  licences: ['tools/release/supply-chain/list-licences', 'listLicences'],
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name, ...args] = process.argv.slice(2);
const node = findNode();
if (node !== null) goOnWith(node);
else if (name === 'shell') runLine(args.join(' '));
else if (name === 'build') prepare(root);
else await runCommand(commands[name]);

/** Null where this one will do. */
function findNode() {
  try {
    return newerNode(root);
  } catch (error) {
    if (!(error instanceof NoNode)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** `node tools/run.js shell 'prettier --write .'`: a command line that needs Node and the packages, but no build. */
function runLine(line) {
  installPackages(root);
  endWith(spawn(line, { shell: true, stdio: 'inherit', cwd: root }));
}

/** Everything happens in this one process, so that signals reach it. */
async function runCommand(command) {
  if (command === undefined) {
    console.error(`Commands: ${Object.keys(commands).join(', ')}, build, and shell for a command line.`);
    process.exit(64);
  }
  prepare(root);
  chooseServers(process.env);
  await import('./dev/typescript.js');
  const [module, run] = command;
  const code = await (await import(`../${module}.ts`))[run](args);
  if (code !== undefined) process.exit(code);
}
