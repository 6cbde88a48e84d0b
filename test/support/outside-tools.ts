import { describe } from '@jest/globals';
import { findTool } from '../../tools/outside/find.js';

const isRequired = process.env['REQUIRE_TOOLS'] === '1';

/** Tests that need outside tools: skipped, and named so, while `npm run tools` has not installed them. */
export function describeWithTools(tools: readonly string[], title: string, tests: () => void): void {
  const missing = tools.filter((name) => findTool(name) === undefined);
  if (missing.length === 0) return describe(title, tests);
  if (isRequired)
    throw new Error(`Run \`npm run tools -- ${missing.join(' ')}\` first: ${title} needs them.`);
  describe.skip(`${title} (needs \`npm run tools -- ${missing.join(' ')}\`)`, tests);
}

/** The path of an outside tool that is there. */
export function toolPath(name: string): string {
  const path = findTool(name);
  if (path === undefined) throw new Error(`${name} is not installed.`);
  return path;
}
