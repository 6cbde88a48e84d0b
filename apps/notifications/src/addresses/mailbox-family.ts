/** Providers of public mailboxes, by the domains that they write under: each limits how often it is written to. */
const families: Readonly<Record<string, string>> = {
  'qq.com': 'qq',
  'vip.qq.com': 'qq',
  'foxmail.com': 'qq',
  '163.com': 'netease',
  '126.com': 'netease',
  'yeah.net': 'netease',
  'vip.163.com': 'netease',
  '188.com': 'netease',
  'sina.com': 'sina',
  'sina.cn': 'sina',
  'sohu.com': 'sohu',
  'aliyun.com': 'aliyun',
  '139.com': 'mobile',
  '189.cn': 'telecom',
  'gmail.com': 'google',
  'outlook.com': 'microsoft',
  'hotmail.com': 'microsoft',
  'live.com': 'microsoft',
  'icloud.com': 'apple',
  'yahoo.com': 'yahoo',
};

const names = new Set(Object.values(families));

export function familyOf(domain: string): string | null {
  return families[domain] ?? null;
}

export function isFamily(key: string): boolean {
  return names.has(key);
}
