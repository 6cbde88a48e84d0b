import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fill, placeholdersIn, renderMarkdown } from './mail-markdown.js';

const html = (source: string, values = {}) => renderMarkdown(source, values).html;

describe('a text of Markdown', () => {
  it('fills in placeholders, in text and in links', () => {
    const values = { stopName: '成都站', link: 'https://tour.example.org/stops/1' };
    const { html: page, text } = renderMarkdown('**{stopName}**: [more]({link}) {unknown}', values);
    expect(page).toContain('<strong>成都站</strong>');
    expect(page).toContain('href="https://tour.example.org/stops/1"');
    expect(page).toContain('{unknown}');
    expect(text).toBe('**成都站**: [more](https://tour.example.org/stops/1) {unknown}');
  });

  it('lets no value become markup, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (value) => {
        const page = html('{a}', { a: `<b>${value}[x](https://evil.example)` });
        expect(page).not.toMatch(/<(?!\/?p\b|br\b)/);
      }),
    );
  });

  it('holds no HTML, no pictures, and no links but to the web, mail and telephone', () => {
    expect(html('<script>alert(1)</script><img src=x>')).not.toMatch(/<script|<img/);
    expect(html('![x](https://evil.example/pixel.png)')).not.toContain('<img');
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'])
      expect(html(`[x](${url})`)).not.toContain('href');
    expect(html('[x]({a})', { a: 'javascript:alert(1)' })).toContain('href="#"');
    expect(html('[x](mailto:a@example.com)')).toContain('href="mailto:a@example.com"');
  });

  it('names its placeholders', () => {
    expect(placeholdersIn('{a} {b} {a} { c } {1}')).toEqual(['a', 'b']);
    expect(fill('{constructor} {a}', { a: '1' })).toBe('{constructor} 1');
  });
});
