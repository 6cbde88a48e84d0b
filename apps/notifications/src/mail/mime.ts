import type { Mailbox } from './mail-settings.js';
import type { OutgoingMail } from './outgoing-mail.js';

/** Microsoft shows senders whose names hold these as fakes, or not at all. */
const refusedInNames = /[@:,"<>\r\n]/g;

/** The bytes of a mail: text, HTML and calendar side by side, pictures inside. Nothing is read from files or URLs. */
export async function mimeOf(mail: OutgoingMail, from: Mailbox): Promise<Buffer> {
  // Loaded with the first mail: many installations send none.
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const name = (mail.fromName ?? from.name ?? '').replace(refusedInNames, ' ').trim();
  const composer = new MailComposer({
    from: { name, address: from.address },
    to: mail.to,
    ...(mail.replyTo === null ? {} : { replyTo: mail.replyTo }),
    subject: mail.subject,
    messageId: `<${mail.messageId}>`,
    text: mail.text,
    html: mail.html,
    ...calendarOf(mail),
    attachments: attachmentsOf(mail),
    headers: headersOf(mail),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function calendarOf({ calendar }: OutgoingMail) {
  if (calendar === undefined || calendar.method === null) return {};
  // The part's method repeats that of the object (RFC 6047, 2.4); nodemailer adds it as a file for clients without iMIP.
  return {
    icalEvent: { method: calendar.method, content: calendar.ics, filename: 'invite.ics' },
  };
}

function attachmentsOf({ calendar, images = [] }: OutgoingMail) {
  return [
    ...images.map(({ cid, png, fileName }) => ({
      cid,
      content: png,
      filename: fileName,
      contentType: 'image/png',
    })),
    ...(calendar?.method === null
      ? [{ content: calendar.ics, filename: 'event.ics', contentType: 'text/calendar; charset=utf-8' }]
      : []),
  ];
}

function headersOf({ unsubscribeUrl }: OutgoingMail) {
  return {
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...(unsubscribeUrl === undefined
      ? {}
      : {
          // In one line: RFC 8058 readers don't all unfold.
          'List-Unsubscribe': { prepared: true, value: `<${unsubscribeUrl}>` },
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
  };
}
