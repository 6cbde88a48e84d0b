// `npm run tools` installs the outside tools that some tests use; `npm run tools -- kubeconform etcd` only some of them.
// It says what it installed and what it could not, and ends with 1 when one is missing. Installed versions are kept.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathOf, toolsFolder } from './find.js';
import {
  copyFiles,
  generateCrds,
  installByApt,
  installByGo,
  installByNpm,
  installByPip,
  installKubernetes,
  installProgram,
} from './methods.js';
import { outsideTools } from './versions.js';

const recordFile = join(toolsFolder, 'versions.json');

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !outsideTools.some((tool) => tool.name === name));
if (unknown.length > 0) {
  console.error(
    `No outside tool is called ${unknown.join(', ')}. There are: ${outsideTools.map((tool) => tool.name).join(', ')}.`,
  );
  process.exit(64);
}
mkdirSync(join(toolsFolder, 'bin'), { recursive: true });
const chosen = outsideTools.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const missing = chosen.filter((tool) => !isInstalled(tool)).filter((tool) => !install(tool));
console.log(`${chosen.length - missing.length} of ${chosen.length} tools are in ${toolsFolder}.`);
if (missing.length > 0) {
  console.log(
    `Not installed: ${missing.map(({ name }) => name).join(', ')}. Tests that need them are skipped.`,
  );
  process.exitCode = 1;
}

function install(tool) {
  const started = Date.now();
  try {
    methodOf(tool)(tool);
  } catch (error) {
    console.log(`could not install ${label(tool)}: ${error.message}`);
    return false;
  }
  record(tool);
  console.log(`installed ${label(tool)} in ${Math.round((Date.now() - started) / 1000)} s`);
  return true;
}

function methodOf(tool) {
  if (tool.go !== undefined) return installByGo;
  if (tool.program !== undefined) return installProgram;
  if (tool.kubernetes !== undefined) return installKubernetes;
  if (tool.files !== undefined) return copyFiles;
  if (tool.crds !== undefined) return generateCrds;
  if (tool.npm !== undefined) return installByNpm;
  return tool.pip === undefined ? installByApt : installByPip;
}

function label({ name, version }) {
  return version === undefined ? name : `${name} ${version}`;
}

function recorded() {
  return existsSync(recordFile) ? JSON.parse(readFileSync(recordFile, 'utf8')) : {};
}

function isInstalled(tool) {
  if (!existsSync(pathOf(tool))) return false;
  return tool.version === undefined || recorded()[tool.name] === tool.version;
}

function record({ name, version }) {
  writeFileSync(
    recordFile,
    `${JSON.stringify({ ...recorded(), [name]: version ?? 'of the system' }, null, 2)}\n`,
  );
}
