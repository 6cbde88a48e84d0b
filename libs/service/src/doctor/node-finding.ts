import { passed, failed, type Finding } from './finding.js';

const oldestMajor = 24;

export function nodeFinding(version: string): Finding {
  if (Number(version.split('.')[0]) >= oldestMajor) return passed('Node', version);
  return failed('Node', version, `Install Node ${oldestMajor} or newer.`);
}
