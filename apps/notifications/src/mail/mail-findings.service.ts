import { resolveTxt } from 'node:dns/promises';
import { failed, passed, type Finding } from '#service';
import { mailModeOf, type MailConfig } from './mail-settings.js';
import { SmtpConnections, SmtpError, isLoopback } from './smtp-connections.service.js';

/** What the doctor says of mail: whether the server greets, takes the account, and is spoken to over TLS. */
export async function mailFindings(config: MailConfig): Promise<Finding[]> {
  const mode = mailModeOf(config);
  const { SMTP_URL: url, MAIL_FROM: from } = config;
  if (mode === 'off' || url === undefined || from === undefined)
    return [passed('mail', 'off: SMTP_URL is not set, so nobody gets mail')];
  const domain = from.address.split('@')[1] ?? '';
  const smtp = await smtpFinding(url, domain);
  return [smtp, ...(isLoopback(url.hostname) ? [] : [await spfFinding(domain), await dmarcFinding(domain)])];
}

async function smtpFinding(url: URL, helloName: string): Promise<Finding> {
  try {
    const encrypted = await new SmtpConnections(url, helloName).check();
    const account = url.username === '' ? 'no account' : 'the account is accepted';
    if (encrypted || isLoopback(url.hostname))
      return passed('SMTP server', `${url.host} answers, ${account}${encrypted ? ', over TLS' : ''}`);
    return failed(
      'SMTP server',
      `${url.host} answers without TLS: mails and the password can be read on the way`,
      'Use smtps:// or a server that offers STARTTLS.',
    );
  } catch (error) {
    return smtpFailure(url, error);
  }
}

function smtpFailure(url: URL, error: unknown): Finding {
  const status = error instanceof SmtpError ? error.failure.status : null;
  if (status === null)
    return failed('SMTP server', `${url.host} does not answer`, 'Check SMTP_URL, the network and its rules.');
  return failed(
    'SMTP server',
    `${url.host} refuses with ${status}`,
    'Check user and password in SMTP_URL, percent-encoded.',
  );
}

async function spfFinding(domain: string): Promise<Finding> {
  const records = await textRecords(domain);
  if (records === null) return passed('SPF', `${domain} can not be resolved from here: not checked`);
  return records.some((one) => one.startsWith('v=spf1'))
    ? passed('SPF', `${domain} names its senders`)
    : failed(
        'SPF',
        `${domain} has no SPF record`,
        'Publish one that includes the SMTP server: see docs/mail.md.',
      );
}

async function dmarcFinding(domain: string): Promise<Finding> {
  const records = await textRecords(`_dmarc.${domain}`);
  if (records === null) return passed('DMARC', `_dmarc.${domain} can not be resolved from here: not checked`);
  return records.some((one) => one.startsWith('v=DMARC1'))
    ? passed('DMARC', `${domain} has a policy`)
    : failed(
        'DMARC',
        `${domain} has no DMARC record`,
        'Publish one, p=none to begin with: see docs/mail.md.',
      );
}

/** The TXT records of a name, none where the name has none; null where nothing could be resolved. */
async function textRecords(name: string): Promise<string[] | null> {
  try {
    return (await resolveTxt(name)).map((parts) => parts.join(''));
  } catch (error) {
    const { code } = error as { code?: string };
    return code === 'ENODATA' || code === 'ENOTFOUND' ? [] : null;
  }
}
