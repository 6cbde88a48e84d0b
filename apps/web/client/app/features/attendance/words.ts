import { counted, wordsOf } from '../../words/index.js';

export const t = wordsOf({
  zh: {
    title: '签到情况',
    expected: '应到',
    checkedIn: '已签到',
    missing: '未到',
    share: '到场率',
    company: '公司',
    live: '每次签到后自动更新。',
    none: '还没有已确认的参会人。',
    onlyMissing: '只看还没到齐的公司',
    allHere: '所有公司都到齐了。',
    search: '搜索公司',
    ofThem: (here: number, expected: number) => `${expected} 人中 ${here} 人已签到`,
  },
  en: {
    title: 'Attendance',
    expected: 'Expected',
    checkedIn: 'Checked in',
    missing: 'Missing',
    share: 'Share',
    company: 'Company',
    live: 'Follows every check-in by itself.',
    none: 'No confirmed delegates yet.',
    onlyMissing: 'Only companies that are not complete',
    allHere: 'Every company is complete.',
    search: 'Search a company',
    ofThem: (here: number, expected: number) =>
      `${here} of ${counted(expected, 'person', 'people')} checked in`,
  },
});
