export type SessionKind = 'sharing' | 'keynote' | 'panel' | 'award' | 'workshop';

/** What the free-text types of real schedules mean here, the first match counts; the rest are talks. */
const signs: [SessionKind, RegExp][] = [
  ['keynote', /keynote|主旨|主题演讲/iu],
  ['panel', /panel|podium|discussion|diskussion|round ?table|圆桌|论坛/iu],
  ['award', /award|颁奖/iu],
  ['workshop', /workshop|hands-on|tutorial|training|工作坊|培训/iu],
];

export function kindOf(type: string | null): SessionKind {
  return signs.find(([, sign]) => type !== null && sign.test(type))?.[0] ?? 'sharing';
}
