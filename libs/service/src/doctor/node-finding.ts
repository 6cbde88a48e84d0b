import { well, wrong, type Finding } from './finding.js';

const oldest = [20, 19] as const;

export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  if (isNewEnough) return well('Node', version);
  return wrong('Node', version, `Install Node ${oldest.join('.')} or newer.`);
}
