import { counted, wordsOf } from '../../words/index.js';

const zh = {
  title: '发布日程',
  lead: '公众看到的是最近一次发布的日程。排期可以随时改，发布之后才公开，并通知受影响的人。',
  next: '下一次发布',
  checklist: '发布前检查',
  allWell: '没有发现问题。',
  checks: {
    nothingPlanned: '还没有任何排期。',
    nothingNew: '与上一次发布相同，没有可以发布的改动。',
    stopIsDraft: '这一站还是草稿，公众看不到；发布这一站之后日程才公开。',
    unscheduled: (count: number) => `${count} 场已接受的分享没有排期：`,
    unreviewed: (count: number) => `${count} 个提案还没有评审：`,
    tooSmall: (count: number) => `${count} 场分享的预约人数超过会场座位：`,
    oneLanguage: (count: number) => `${count} 场分享只有一种语言的标题：`,
  },
  toPlanner: '去排期',
  toReview: '去评审',
  more: (count: number) => `还有 ${count} 场`,
  changes: '与上一次发布相比',
  first: '这是第一次发布，全部内容如下。',
  kinds: { added: '新增', moved: '改时间或会场', changed: '内容更新', removed: '取消' },
  from: (place: string) => `原：${place}`,
  to: (place: string) => `现：${place}`,
  none: '没有改动。',
  note: '说明（公众可见）',
  noteHint: '例如：主会场下午的两场分享对调。',
  release: '发布',
  releaseTitle: (version: number) => `发布第 ${version} 版日程？`,
  releaseHint: (counts: string) =>
    `${counts}。发布后立即公开，并通知受影响的讲者和已预约的参会人；不能撤回，只能再发布一版。`,
  released: (version: number) => `第 ${version} 版日程已发布。`,
  see: '查看公开日程',
  counts: (added: number, moved: number, changed: number, removed: number) =>
    [
      added > 0 ? `新增 ${added} 场` : '',
      moved > 0 ? `改时间或会场 ${moved} 场` : '',
      changed > 0 ? `内容更新 ${changed} 场` : '',
      removed > 0 ? `取消 ${removed} 场` : '',
    ]
      .filter((one) => one !== '')
      .join('，'),
  list: '已发布的版本',
  noReleases: '还没有发布过。',
  version: (version: number) => `第 ${version} 版`,
  show: '改动详情',
  open: '查看这一版',
  current: '当前',
  exports: '导出',
  exportsHint: '导出的是最近一次发布的版本。',
  files: {
    calendar: '日程日历（.ics）',
    json: '日程（frab / C3VOC JSON）',
    xml: '日程（frab / C3VOC XML）',
    print: '打印日程',
  },
};

const en: typeof zh = {
  title: 'Releases',
  lead: 'The public sees the timetable as it was last released. Plan as you like; a release makes it public and informs those whom it concerns.',
  next: 'Next release',
  checklist: 'Before the release',
  allWell: 'Nothing to object to.',
  checks: {
    nothingPlanned: 'Nothing is planned yet.',
    nothingNew: 'Nothing has changed since the last release.',
    stopIsDraft: 'This stop is a draft: the public sees its timetable once the stop is published.',
    unscheduled: (count) => `${counted(count, 'accepted session')} without a place:`,
    unreviewed: (count) => `${counted(count, 'proposal')} not reviewed yet:`,
    tooSmall: (count) => `${counted(count, 'session')} with more sign-ups than seats:`,
    oneLanguage: (count) => `${counted(count, 'session')} with a title in one language only:`,
  },
  toPlanner: 'Plan',
  toReview: 'Review',
  more: (count) => `${count} more`,
  changes: 'Compared with the last release',
  first: 'This is the first release; it holds the following.',
  kinds: { added: 'New', moved: 'Moved', changed: 'Changed', removed: 'Removed' },
  from: (place) => `was: ${place}`,
  to: (place) => `now: ${place}`,
  none: 'No changes.',
  note: 'Note (public)',
  noteHint: 'For example: two talks in the main hall have changed places.',
  release: 'Release',
  releaseTitle: (version) => `Release version ${version}?`,
  releaseHint: (counts) =>
    `${counts}. It is public at once, and speakers and delegates concerned are informed. It can’t be taken back, only followed by another.`,
  released: (version) => `Version ${version} is released.`,
  see: 'See the public timetable',
  counts: (added, moved, changed, removed) =>
    [
      added > 0 ? `${added} new` : '',
      moved > 0 ? `${moved} moved` : '',
      changed > 0 ? `${changed} changed` : '',
      removed > 0 ? `${removed} removed` : '',
    ]
      .filter((one) => one !== '')
      .join(', '),
  list: 'Releases so far',
  noReleases: 'None yet.',
  version: (version) => `Version ${version}`,
  show: 'What changed',
  open: 'See this version',
  current: 'current',
  exports: 'Exports',
  exportsHint: 'As last released.',
  files: {
    calendar: 'Timetable as calendar (.ics)',
    json: 'Timetable (frab / C3VOC JSON)',
    xml: 'Timetable (frab / C3VOC XML)',
    print: 'Timetable to print',
  },
};

export const t = wordsOf({ zh, en });
