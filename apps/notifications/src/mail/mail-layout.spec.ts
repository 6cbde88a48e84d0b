import { describe, expect, it } from '@jest/globals';
import { layOut } from './mail-layout.js';
import type { MailText } from './mail-text.js';

const text = (subject: string): MailText => ({
  subject,
  heading: `${subject}!`,
  blocks: [
    { kind: 'paragraph', text: 'One <b>\nTwo' },
    { kind: 'facts', facts: [{ label: 'When', value: 'new', before: 'old' }] },
    { kind: 'button', label: 'Open', url: 'https://example.org/?a=1&b="2' },
    { kind: 'code', code: '123456' },
    { kind: 'image', cid: 'badge', alt: 'Badge', sizePx: 200 },
  ],
  footer: ['See https://example.org/x.'],
});

describe('the layout', () => {
  it('writes every block in HTML and in text, escaped', () => {
    const { subject, html, text: plain } = layOut([{ language: 'en', text: text('Hello') }], 'Tour & Co');
    expect(subject).toBe('Hello');
    expect(html).toContain('One &lt;b&gt;<br>Two');
    expect(html).toContain('href="https://example.org/?a=1&amp;b=&quot;2"');
    expect(html).toContain('src="cid:badge"');
    expect(html).toContain('<a href="https://example.org/x" ');
    expect(html).toContain('Tour &amp; Co');
    expect(plain).toContain('When: old → new');
    expect(plain).toContain('Open: https://example.org/?a=1&b="2');
    expect(plain).toContain('123456');
  });

  it('puts two languages one below the other, each marked as what it is', () => {
    const both = [
      { language: 'zh' as const, text: text('你好') },
      { language: 'en' as const, text: text('Hello') },
    ];
    const { subject, html, text: plain } = layOut(both, 'Tour');
    expect(subject).toBe('你好 / Hello');
    expect(html).toMatch(/<html lang="zh-CN">[^]*<div lang="zh-CN">[^]*<div lang="en"/);
    expect(plain.indexOf('你好')).toBeLessThan(plain.indexOf('Hello'));
  });

  it('loads nothing from elsewhere', () => {
    const { html } = layOut([{ language: 'zh', text: text('你好') }], 'Tour');
    expect(html).not.toMatch(/src="(?!cid:)|url\(|@import|<link|<script/);
  });
});
