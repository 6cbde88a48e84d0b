import type { Stop } from '#contracts/stops';
import { t } from './words.js';

const tags = {
  draft: 'cancelled',
  published: 'confirmed',
  completed: 'cancelled',
  cancelled: 'declined',
} as const;

export function StateTag({ status }: { status: Stop['status'] }) {
  return <span className={`tag tag-${tags[status]}`}>{t.state[status]}</span>;
}
