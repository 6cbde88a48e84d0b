import { describe, expect, it } from '@jest/globals';
import { markdown } from './markdown.js';

describe('texts in Markdown', () => {
  it('become paragraphs, lists and links', () => {
    expect(markdown('# 交通\n\n- 地铁 **1** 号线\n- [官网](https://example.org)')).toBe(
      '<h3>交通</h3>\n<ul>\n<li>地铁 <strong>1</strong> 号线</li>\n<li><a rel="nofollow ugc" href="https://example.org">官网</a></li>\n</ul>',
    );
  });

  it.each([
    ['<script>alert(1)</script>', /<script/],
    ['<img src=x onerror=alert(1)>', /<img/],
    ['[x](javascript:alert(1))', /href="javascript/],
    ['![x](https://tracker.example/p.png)', /<img/],
    ['[x](data:text/html,hi)', /href="data/],
  ])('carry nothing that runs or tells: %s', (text, forbidden) => {
    expect(markdown(text)).not.toMatch(forbidden);
  });
});
