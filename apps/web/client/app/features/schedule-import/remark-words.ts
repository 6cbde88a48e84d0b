import type { Lang } from '../../../../shared/language.js';

/** What the API says of a file and its entries, in Chinese. Several of these may stand in one text. */
const chinese: readonly (readonly [RegExp, string])[] = [
  [/The file is not valid JSON \(line (\d+), column (\d+)\)\./g, '这不是有效的 JSON（第 $1 行第 $2 列）。'],
  [/The file is not valid JSON\./g, '这不是有效的 JSON。'],
  [/The file is not XML that can be read: (.+)\.$/g, '这不是有效的 XML：$1。'],
  [/The file is no schedule: .+$/g, '文件里没有日程。'],
  [
    /(\d+) of (\d+) entries can't be taken, so none was\. The first: /g,
    '$2 条中有 $1 条不能导入，因此全部没有导入。第一条：',
  ],
  [/It has no title\./g, '没有标题。'],
  [/It has no date and start that can be read\./g, '没有可识别的日期和开始时间。'],
  [/It has no duration that can be read\./g, '没有可识别的时长。'],
  [/It lasts (-?\d+) minutes; a session lasts (\d+) to (\d+)\./g, '时长 $1 分钟，应为 $2 至 $3 分钟。'],
  [/It has more than (\d+) speakers\./g, '讲者超过 $1 位。'],
  [/Its title must be at most (\d+) characters long\./g, '标题超过 $1 个字。'],
  [/This entry is not an object\./g, '这一条无法读取。'],
  [/Another entry of this file has the same guid or id\./g, '文件里另一条有相同的 guid 或 id。'],
  [/The file names no room for it\./g, '文件里没有写会场。'],
  [/The stop has no room “(.+?)” and can have no more rooms\./g, '这一站没有会场“$1”，也不能再增加会场。'],
  [/This room is not one of the stop\./g, '会场不属于这一站。'],
  [
    /The room (.+?) is taken by “(.+?)” from (.+?)(?: and \d+ more)?\.(?= |$)/g,
    '会场 $1 已被“$2”占用（$3）。',
  ],
  [
    /(\S[^.]*?) speaks at the same time in “(.+?)” from (.+?)(?: and \d+ more)?\.(?= |$)/g,
    '$1 同时在“$2”分享（$3）。',
  ],
  [
    /(\S[^.]*?) needs (\d+) minutes of travel to or from (.+?) for “(.+?)” from (.+?)(?: and \d+ more)?\.(?= |$)/g,
    '$1 往返 $3 需要 $2 分钟，赶不上“$4”（$5）。',
  ],
  [/(\S.*?) is not within the stop, (.+?)\.(?= |$)/g, '$1 不在这一站的时间（$2）内。'],
  [/This session is (\S+): it does not follow the file\./g, '这场分享已不在日程中，不随文件更改。'],
  [/This session ended at (.+?): it does not change any more\./g, '这场分享已于 $1 结束，不再更改。'],
  [/Its place is taken by a session that can not move either\./g, '它的位置被另一场不能移动的分享占用。'],
  [/Some of its characters can not be decoded and show as \uFFFD\./g, '有些字符无法识别，显示为 \uFFFD。'],
  [/Its control characters are left out\./g, '已去掉控制字符。'],
  [/Its characters that turn the direction of the text round are left out\./g, '已去掉改变文字方向的字符。'],
  [/A link without an address is left out\./g, '去掉了 1 个没有地址的链接。'],
  [/(\d+) links without an address are left out\./g, '去掉了 $1 个没有地址的链接。'],
  [/Its (?:links|attachments) are no list and left out\./g, '链接无法读取，已去掉。'],
  [/Its persons are no list and left out\./g, '讲者无法读取，已去掉。'],
  [/Left out: (\d+) of its persons, listed twice\./g, '去掉了 $1 位重复的讲者。'],
  [/Left out: (\d+) of its persons, without a name\./g, '去掉了 $1 位没有姓名的讲者。'],
  [/Left out: (\d+) of its persons, which are neither objects nor texts\./g, '去掉了 $1 位无法读取的讲者。'],
  [/Names of its persons are cut to (\d+) characters\./g, '讲者姓名截短到 $1 个字。'],
  [
    /Its track is longer than (\d+) characters, or shows nothing, and is left out\./g,
    '主题超过 $1 个字或看不见，已去掉。',
  ],
  [
    /Its room is longer than (\d+) characters, or shows nothing, and is left out\./g,
    '会场名超过 $1 个字或看不见，已去掉。',
  ],
  [
    /Its (\S+) “(.*?)” can't stand in an export, which has one of its own\./g,
    '$1“$2”不能用于导出，导出时另行生成。',
  ],
  [/Its (\S+) is longer than (\d+) characters and left out\./g, '$1 超过 $2 个字，已去掉。'],
  [/Its (\S+) is longer than (\d+) characters and cut\./g, '$1 超过 $2 个字，已截短。'],
  [/Left out of its persons: (.+?)\.(?= |$)/g, '讲者资料中去掉了：$1。'],
  [/Left out of the schedule: (.+?)\.(?= |$)/g, '整个日程中去掉了：$1。'],
  [/Left out: (.+?)\.(?= |$)/g, '去掉了：$1。'],
  [/The schedule has the name of the stop, not “(.+?)”\./g, '日程沿用这一站的名称，不用“$1”。'],
  [/“(.+?)”, which is not published/g, '“$1”（不公开）'],
  [/“(.+?)”, which is too long/g, '“$1”（太长）'],
  [/the link “(.+?)”/g, '链接“$1”'],
  [/what it says of days on which the stop does not take place/g, '这一站以外的日期的说明'],
  [/its acronym, which is too long/g, '太长的缩写'],
  [/(\d{2}:\d{2}) to (?=\d)/g, '$1 至 '],
  [/ \(([A-Z]\w+\/[\w/+-]+|UTC)\)/g, '，$1'],
];

/** Sentences of the API about a file, in the language of the page where they are known there. */
export function remarkWords(text: string, lang: Lang): string {
  if (lang === 'en') return text;
  return chinese
    .reduce((said, [pattern, words]) => said.replace(pattern, words), text)
    .replace(/(?<=[。，：]) (?=\p{Script=Han})/gu, '');
}
