/** Why no answer came, as the API says it, in Chinese. */
const chinese: readonly (readonly [RegExp, string])[] = [
  [/^No whole answer came within (\d+) seconds/, '$1 秒内没有收到完整的回复。'],
  [/^The connection was refused/, '连接被拒绝。'],
  [/^The answer is larger/, '回复太长。'],
  [/^The TLS connection failed \((.+)\)/, 'TLS 连接失败（$1）。'],
  [/^The connection failed \((.+)\)/, '连接失败（$1）。'],
  [/^The URL must lead to a public address/, '地址应指向公网。'],
  [/^The URL must name a host that can be resolved/, '域名无法解析。'],
  [/^The robot takes no more messages/, '机器人暂时不再接受消息。'],
  [/^The robot refused the message \((.+)\)/, '机器人没有接受消息（$1）。'],
];

/** A reason in Chinese where it is known there, else as it came. */
export function failureWords(error: string): string {
  for (const [pattern, words] of chinese) {
    const match = pattern.exec(error);
    if (match !== null) return words.replace(/\$(\d)/g, (_, at: string) => match[Number(at)] ?? '');
  }
  return error;
}
