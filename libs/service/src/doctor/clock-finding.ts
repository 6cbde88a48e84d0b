import { passed, failed, type Finding } from './finding.js';

/** Windows of registration open and close by the clock; a second more or less is what people put up with. */
const furthestMs = 1_000;

/** @param doubtMs how far the measurement may be off, since asking takes time */
export function clockFinding(what: string, whose: string, aheadMs: number, doubtMs = 0): Finding {
  const distance = Math.abs(aheadMs);
  const found = `${whose} is ${Math.round(distance)} ms ${aheadMs < 0 ? 'behind' : 'ahead of'} this machine`;
  if (distance - doubtMs <= furthestMs) return passed(what, found);
  return failed(
    what,
    found,
    'Have both machines set their clocks by the network (chrony, systemd-timesyncd).',
  );
}
