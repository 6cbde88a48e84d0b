import { escapeHtml } from './escape-html.js';
import type { Fact, MailBlock, MailText, Language } from './mail-text.js';

/*
 * One layout by hand: tables, since mail programs know them best; styles in each element, since many drop style sheets;
 * no picture from elsewhere, since those tell when a mail was read.
 */

const font =
  "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif;";
const ink = '#1f2933';
const quiet = '#52606d';
const accent = '#0b6b5f';
/** Longer labels may break, or they would leave no room for values on a telephone. */
const maxUnbrokenLabel = 8;

/** The subject, HTML and text of a mail that is written in one language or in several, one below the other. */
export function layOut(
  sections: readonly { readonly language: Language; readonly text: MailText }[],
  sender: string,
): { subject: string; html: string; text: string } {
  const subject = sections.map(({ text }) => text.subject).join(' / ');
  return {
    subject,
    html: page(
      subject,
      sender,
      sections.map(({ language, text }) => ({ language, html: sectionHtml(text), footer: text.footer })),
    ),
    text: sections.map(({ text }) => sectionText(text)).join('\n\n――――――――――\n\n') + `\n\n${sender}\n`,
  };
}

interface HtmlSection {
  readonly language: Language;
  readonly html: string;
  readonly footer: readonly string[];
}

function page(title: string, sender: string, sections: readonly HtmlSection[]): string {
  const language = sections[0]?.language === 'en' ? 'en' : 'zh-CN';
  const bodies = sections.map(
    ({ language: of, html }, index) =>
      `<div lang="${of === 'en' ? 'en' : 'zh-CN'}"${index === 0 ? '' : ` style="border-top:1px solid #d9e2ec;margin-top:28px;padding-top:28px;"`}>${html}</div>`,
  );
  const footers = sections.flatMap(({ footer }) => footer);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escapeHtml(title)}</title>
</head>
<body style="margin:0;padding:0;background:#f0f3f5;${font}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f0f3f5;">
<tr><td align="center" style="padding:16px 8px;">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border-radius:8px;">
<tr><td style="height:4px;line-height:4px;font-size:0;background:${accent};border-radius:8px 8px 0 0;">&nbsp;</td></tr>
<tr><td style="padding:20px 20px 0;color:${quiet};font-size:13px;line-height:20px;${font}">${escapeHtml(sender)}</td></tr>
<tr><td style="padding:8px 20px 28px;color:${ink};font-size:15px;line-height:24px;word-break:break-word;overflow-wrap:anywhere;${font}">
${bodies.join('\n')}
</td></tr>
</table>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;">
<tr><td style="padding:16px 20px;color:${quiet};font-size:12px;line-height:18px;word-break:break-word;overflow-wrap:anywhere;${font}">
${footers.map((line) => `<p style="margin:0 0 6px;">${linked(line)}</p>`).join('\n')}
</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</body>
</html>
`;
}

function sectionHtml({ heading, blocks }: MailText): string {
  return [
    `<h1 style="margin:0 0 16px;font-size:21px;line-height:30px;font-weight:600;color:${ink};">${escapeHtml(heading)}</h1>`,
    ...blocks.map(blockHtml),
  ].join('\n');
}

function blockHtml(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p style="margin:0 0 14px;">${lines(block.text)}</p>`;
    case 'markdown':
      return block.html;
    case 'facts':
      return factsHtml(block.facts);
    case 'button':
      return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:6px 0 18px;"><tr><td style="background:${accent};border-radius:6px;"><a href="${escapeHtml(block.url)}" style="display:inline-block;padding:11px 22px;color:#ffffff;font-size:15px;font-weight:600;text-decoration:none;">${escapeHtml(block.label)}</a></td></tr></table>`;
    case 'code':
      return `<p style="margin:6px 0 18px;padding:12px 16px;background:#f0f3f5;border-radius:6px;font-family:Consolas,Menlo,monospace;font-size:24px;line-height:32px;letter-spacing:3px;text-align:center;">${escapeHtml(block.code)}</p>`;
    case 'image':
      return `<p style="margin:6px 0 14px;text-align:center;"><img src="cid:${escapeHtml(block.cid)}" width="${block.sizePx}" height="${block.sizePx}" alt="${escapeHtml(block.alt)}" style="display:inline-block;max-width:100%;height:auto;border:0;"></p>`;
  }
}

function factsHtml(facts: readonly Fact[]): string {
  const rows = facts.map(
    ({ label, value, before }) =>
      `<tr><td valign="top" style="padding:5px 14px 5px 0;color:${quiet};font-size:13px;line-height:22px;${label.length > maxUnbrokenLabel ? '' : 'white-space:nowrap;'}">${escapeHtml(label)}</td><td valign="top" style="padding:5px 0;font-size:15px;line-height:22px;">${before === undefined ? '' : `<span style="color:${quiet};text-decoration:line-through;">${lines(before)}</span><br>`}${lines(value)}</td></tr>`,
  );
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:2px 0 18px;border-top:1px solid #d9e2ec;border-bottom:1px solid #d9e2ec;">${rows.join('')}</table>`;
}

function lines(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>');
}

/** A line whose addresses can be clicked. */
function linked(line: string): string {
  return escapeHtml(line).replace(
    /https?:\/\/[^\s<]+[^\s<.,;:!?，。；：！？）)]/g,
    (url) => `<a href="${url}" style="color:${quiet};">${url}</a>`,
  );
}

function sectionText({ heading, blocks, footer }: MailText): string {
  return [heading, ...blocks.map(blockText), footer.join('\n')].filter((part) => part !== '').join('\n\n');
}

function blockText(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'markdown':
      return block.text.trim();
    case 'facts':
      return block.facts
        .map(({ label, value, before }) => `${label}: ${before === undefined ? '' : `${before} → `}${value}`)
        .join('\n');
    case 'button':
      return `${block.label}: ${block.url}`;
    case 'code':
      return block.code;
    case 'image':
      return '';
  }
}
