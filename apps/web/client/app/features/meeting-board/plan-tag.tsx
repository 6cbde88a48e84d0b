import type { PlanStatus } from '#contracts/meeting-plans';
import { t } from './plan-words.js';

const looks: Readonly<Record<PlanStatus, string>> = {
  computing: 'pending',
  ready: 'pending',
  accepted: 'confirmed',
  rejected: 'plain',
  stale: 'plain',
  failed: 'declined',
};

export function PlanTag({ status }: { status: PlanStatus }) {
  return <span className={`tag tag-${looks[status]}`}>{t.status[status]}</span>;
}
