import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outsideTools } from './versions.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The folder of the outside tools: `.tools` in the clone, or what `TOOLS_DIR` names. */
export const toolsFolder = process.env.TOOLS_DIR ?? join(root, '.tools');

/** Where an installed tool is, whether it is there or not. */
export function pathOf({ name, pip, file, files, crds, npm, within }) {
  if (file !== undefined) return file;
  if (npm !== undefined) return join(toolsFolder, 'npm', 'node_modules', npm, within);
  if (files !== undefined || crds !== undefined) return join(toolsFolder, 'files', name);
  return pip === undefined ? join(toolsFolder, 'bin', name) : join(toolsFolder, 'python', 'bin', name);
}

/** The path of an installed tool; undefined while it is not installed. */
export function findTool(name) {
  const tool = outsideTools.find((one) => one.name === name);
  if (tool === undefined) throw new Error(`No outside tool is called ${name}.`);
  return existsSync(pathOf(tool)) ? pathOf(tool) : undefined;
}
