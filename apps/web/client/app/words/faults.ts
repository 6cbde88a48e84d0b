import type { Lang } from '../../../shared/language.js';

/** What the API says of one value, in Chinese. */
const chinese: readonly (readonly [RegExp, string])[] = [
  [/^is required$|^is needed/, '必填'],
  [/^must not be (empty|null)/, '不能为空'],
  [/^needs "zh", "en" or both/, '请至少填写一种语言'],
  [/^must be at most (\d+) characters? long/, '最多 $1 个字'],
  [/^must be at least (\d+) characters? long/, '至少 $1 个字'],
  [/^must have at most (\d+) characters before the "@"/, '“@”前最多 $1 个字符'],
  [/^must have at most (\d+) entr/, '最多 $1 项'],
  [/^must have at least (\d+) entr/, '至少 $1 项'],
  [/^must be at least (\d+)$/, '至少为 $1'],
  [/^must be at most (\d+)$/, '最多为 $1'],
  [/^must be a whole number from (\d+) to (\d+)/, '应为 $1 至 $2 的整数'],
  [/^must be a (whole )?number/, '请填写数字'],
  [/^must show at least one letter/, '不能只有看不见的字符'],
  [/^must be on one line/, '不能换行'],
  [/^must not contain tabs/, '不能有制表符'],
  [/^must not contain blanks/, '不能有空格'],
  [/^must not contain control characters/, '不能有控制字符'],
  [
    /^must (be .*@|have a domain name|have only ASCII|not .*before the "@")/,
    '邮箱格式不对，例如 name@example.com',
  ],
  [
    /^must be a phone number|^must begin with (\+|a country code)|^is no number behind/,
    '电话号码不对，例如 13800138000',
  ],
  [/^must be a (web address|URL)/, '网址不对，例如 https://example.com'],
  [/^must be an RFC 3339 instant/, '请填写日期和时间'],
  [/^must lie between the years (\d+) and (\d+)/, '年份应在 $1 与 $2 之间'],
  [/^must be UTC, or an IANA time zone/, '时区不对，例如 Asia/Shanghai'],
  [/^must be a time such as/, '时间不对，例如 21:00'],
  [/^must be whole days before the stop/, '应为开始前 1 至 30 天，例如 P7D'],
  [/code of GB\/T 2260/, '请选择城市'],
  [/^must be at most (\d+) days after startsAt/, '一站最长 $1 天'],
  [/^must be after startsAt/, '应晚于开始时间'],
  [/^must be after registration.opensAt/, '应晚于报名开放时间'],
  [/^must not be after endsAt/, '不能晚于结束时间'],
  [/^must not be before registration.closesAt/, '不能早于报名截止时间'],
  [/^must lie in the future/, '应为将来的时间'],
  [/^must be a type of GET/, '没有这种事件类型'],
  [/^is set by organizers only/, '只能由主办方设置'],
  [/^\{(.+?)\} is no placeholder/, '这封邮件没有占位符 {$1}'],
  [/^must be at one of the hosts/, '不是这种机器人的地址'],
  [/^must begin with https/, '应以 https:// 开头'],
  [/^must lead to a public address/, '应指向公网地址'],
  [/^must name a host that can be resolved/, '域名无法解析'],
  [/^must use port/, '只能用 443 或 8443 端口'],
  [/^is not a known (field|parameter)/, '未知字段'],
];

/** A fault as people read it at the field: the API's sentence, in the language of the page where it is known there. */
export function faultWords(message: string, lang: Lang): string {
  // The API's English sentences begin with a verb.
  if (lang === 'en') return message;
  for (const [pattern, words] of chinese) {
    const match = pattern.exec(message);
    if (match !== null) return words.replace(/\$(\d)/g, (_, at: string) => match[Number(at)] ?? '');
  }
  return message;
}
