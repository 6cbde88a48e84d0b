import { passed, failed, type Finding } from './finding.js';

const oldest = [20, 19] as const;

export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  if (isNewEnough) return passed('Node', version);
  return failed('Node', version, `Install Node ${oldest.join('.')} or newer.`);
}
