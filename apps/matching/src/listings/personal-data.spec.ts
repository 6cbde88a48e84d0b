import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { holdsPersonalData } from './personal-data.js';

describe('personal data in text', () => {
  it.each([
    'zhang@example.com',
    '联系邮箱：zhang.san+tour@数据.cn。',
    'ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ',
    'zhang @ example . com',
    'zhang [at] example [dot] com',
    'zhang at example dot com',
    'zhang@example。com',
    'zh\u200Bang@exam\u00ADple.com',
    '13800138000',
    '电话13800138000欢迎来电',
    '１３８００１３８０００',
    '138 0013 8000',
    '138-0013-8000',
    '138—0013—8000',
    '138.0013.8000',
    '138,0013,8000',
    '1 3 8 0 0 1 3 8 0 0 0',
    '1-3-8-0-0-1-3-8-0-0-0',
    '138　００１３　８０００',
    '+86 138 0013 8000',
    '(+86)13800138000',
    '008613800138000',
    '8613800138000',
    '013800138000',
    '价格 100 元，19912345678',
    '一三八〇〇一三八〇〇〇',
    '138\u200B0013\u200B8000',
    '①③⑧⓪⓪①③⑧⓪⓪⓪',
    '𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎',
    '١٣٨٠٠١٣٨٠٠٠',
  ])('refuses %j', (text) => expect(holdsPersonalData(text)).toBe(true));

  it.each([
    '',
    '10000 小时方言语音，16kHz，1,200,000 条',
    '2026-11-27 09:00 至 2026-11-28 18:00',
    '预算 13,800,138,000 元',
    '热线 400-800-1234，总机 028-85121234',
    '统一社会信用代码 91510100MA6CGHLR3X',
    '订单 202611271380013',
    '12800138000',
    '1380013800',
    '138001380001234567',
    'mAP@0.5 达到 0.93，recall@5. The rest',
    '关注 @数据科技',
    '版本 1.3.8.0',
    '十三亿八千万',
    '每周一三五，第一二三四期',
    '-122.3 到 138.5，共 3 千米',
    'Meet us at our booth dot to dot',
    '3D / 4K / 1080p 1920x1080',
  ])('lets %j pass', (text) => expect(holdsPersonalData(text)).toBe(false));

  it('sees a number through any mix of usual separators', () => {
    const separator = fc.constantFrom('', ' ', '-', '.', '－', '　', ' - ', '·', '_', '/');
    fc.assert(
      fc.property(fc.array(separator, { minLength: 10, maxLength: 10 }), (between) => {
        const written = [...'13912345678'].map((digit, index) => `${digit}${between[index] ?? ''}`).join('');
        expect(holdsPersonalData(`请致电${written}，谢谢`)).toBe(true);
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    const started = process.cpuUsage();
    holdsPersonalData('a.'.repeat(2_500));
    holdsPersonalData('1 '.repeat(2_500));
    holdsPersonalData('a at '.repeat(1_000));
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });
});
