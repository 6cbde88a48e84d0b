/** The page behind the link in a mail: it asks, and only the button acts, since firewalls follow links. */
export function unsubscribePage(isDone: boolean): string {
  const [title, body] = isDone
    ? [
        '已退订 · Unsubscribed',
        `<p>您不会再收到该组织者的通知和提醒。报名、变更和取消的邮件仍会发送。</p>
<p lang="en">You will get no more announcements and reminders of this organizer. Mails about your registration, its changes and cancellations still come.</p>`,
      ]
    : [
        '退订 · Unsubscribe',
        `<p>不再接收该组织者的通知和提醒？报名、变更和取消的邮件仍会发送。</p>
<p lang="en">No more announcements and reminders of this organizer? Mails about your registration, its changes and cancellations still come.</p>
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>退订 · Unsubscribe</button></form>`,
      ];
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title>
<style>body{font:16px/1.6 system-ui,sans-serif;color:#1f2933;max-width:36rem;margin:2rem auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.4rem;border:0;border-radius:6px;background:#0b6b5f;color:#fff}</style></head>
<body><h1>${title}</h1>
${body}
</body></html>
`;
}
