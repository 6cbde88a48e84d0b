import type { CaughtMail } from './caught-mail.js';

const style = `<style>
body{margin:0;font:15px/1.5 system-ui,sans-serif;color:#1f2933;background:#f0f3f5}
main{max-width:900px;margin:0 auto;padding:16px}
table{width:100%;border-collapse:collapse;background:#fff}
td,th{padding:8px 10px;text-align:left;border-bottom:1px solid #d9e2ec;vertical-align:top;overflow-wrap:anywhere}
iframe{width:100%;height:640px;border:1px solid #d9e2ec;background:#fff}
.narrow{width:320px;max-width:100%}
pre{background:#fff;padding:12px;white-space:pre-wrap;overflow-wrap:anywhere}
a{color:#0b6b5f}
</style>`;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title>${style}</head><body><main>${body}</main></body></html>`;
}

/** All mails, the newest first. */
export function listPage(mails: readonly CaughtMail[]): string {
  const rows = mails.map(
    ({ id, to, parsed, caughtAt }) =>
      `<tr><td>${escape(caughtAt.toISOString().slice(11, 19))}</td><td>${escape(to.join(', '))}</td><td><a href="/mails/${id}">${escape(parsed.subject ?? '(no subject)')}</a></td></tr>`,
  );
  const table =
    rows.length === 0
      ? '<p>No mail yet.</p>'
      : `<table><tr><th>Time (UTC)</th><th>To</th><th>Subject</th></tr>${rows.join('')}</table>`;
  return page(
    'Mails',
    `<h1>Mails</h1><p>None of these left this machine. Reload to see new ones.</p>${table}`,
  );
}

/** One mail: its HTML in a wide and a narrow view, its text, its calendar. */
export function mailPage({ id, to, parsed }: CaughtMail): string {
  const calendars = parsed.attachments.filter(({ contentType }) => contentType.includes('calendar'));
  return page(
    parsed.subject ?? '',
    `<p><a href="/">All mails</a> · <a href="/mails/${id}/source">Source</a></p>
<h1>${escape(parsed.subject ?? '')}</h1>
<table><tr><th>From</th><td>${escape(parsed.from?.text ?? '')}</td></tr><tr><th>To</th><td>${escape(to.join(', '))}</td></tr>
<tr><th>Reply to</th><td>${escape(parsed.replyTo?.text ?? '–')}</td></tr></table>
<h2>HTML</h2><iframe sandbox src="/mails/${id}/html" title="HTML"></iframe>
<h2>HTML, 320 px</h2><iframe class="narrow" sandbox src="/mails/${id}/html" title="HTML in a narrow view"></iframe>
<h2>Text</h2><pre>${escape(parsed.text ?? '')}</pre>
${calendars.map(({ content }) => `<h2>Calendar</h2><pre>${escape(content.toString('utf8'))}</pre>`).join('')}`,
  );
}

/** The HTML part with its inline pictures, as a mail program shows it. */
export function htmlOf({ parsed }: CaughtMail): string {
  return typeof parsed.html !== 'string' ? `<pre>${escape(parsed.text ?? '')}</pre>` : parsed.html;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
