import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ApiClient, must } from '../../../test/support/client.js';
import { makeTestFolder, removeTestFolder } from '../../dev/system/test-folder.js';
import { registrationRequest, signUp } from '../companies.js';
import { load } from '../load/load.js';
import { MeasuredSystem } from '../measured-system.js';
import { ChildServer } from '../outside/child-server.js';
import { announcementSubject, type TakenMails } from '../outside/smtp-process.js';
import { perSecond } from '../report.js';
import { connections, type Run } from './run.js';

/** Each with two delegates and a contact: 10,002 mails, unless the run is for fewer companies. */
const mostCompanies = 3_334;
const mailsOfCompany = 3;
const leastPerSecond = 100;
const lookEveryMs = 200;
const withinMs = 400_000;

/** An announcement to ten thousand people, over an SMTP server on this machine. */
export async function measureMail(run: Run): Promise<void> {
  const dataDir = makeTestFolder();
  const smtp = await ChildServer.start<TakenMails>('smtp-process.ts');
  try {
    const measured = await MeasuredSystem.start(dataDir, {
      SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
      MAIL_FROM: 'Waystop <tour@example.org>',
    });
    try {
      await measureAnnouncement(run, measured, smtp);
    } finally {
      await measured.system.stop();
    }
  } finally {
    smtp.stop();
    removeTestFolder(dataDir);
  }
}

async function measureAnnouncement(
  run: Run,
  measured: MeasuredSystem,
  smtp: ChildServer<TakenMails>,
): Promise<void> {
  const { companies } = await signUp(measured.port, Math.min(run.options.companies, mostCompanies));
  const mails = mailsOfCompany * companies.length;
  const stop = await measured.stops.openStop();
  const requests = companies.map((company) => registrationRequest(company, stop.id));
  await load({ port: measured.port, connections, requests });
  await measured.quiet();
  await forgetNews(measured);
  const organizer = new ApiClient(measured.system.url, measured.system.organizerKey);
  const { id } = await must(
    organizer.post(`/v1/stops/${stop.id}/announcements`, {
      audience: { registrations: ['confirmed'] },
      subject: { en: announcementSubject },
      text: { en: 'Dear {recipientName}, there is no parking at {stopName}.' },
    }),
  );
  const before = measured.cpuMs().notifications;
  await must(organizer.post(`/v1/announcements/${id}/approve`, { recipients: mails }));
  run.report.progress('sending begins a minute after the approval ...');
  const { firstAt, lastAt } = await allTaken(smtp, mails);
  const rate = (mails - 1) / ((lastAt - firstAt) / 1_000);
  const cpuMs = (measured.cpuMs().notifications - before) / mails;
  run.report.add({
    what: `mails of an announcement to ${mails.toLocaleString('en')}`,
    figure: `${perSecond(rate)}, ${cpuMs.toFixed(1)} ms of CPU each`,
    must: { text: `≥ ${perSecond(leastPerSecond)}`, met: rate >= leastPerSecond },
  });
}

/** The confirmations of the seats are not what is measured. */
async function forgetNews(measured: MeasuredSystem): Promise<void> {
  const client = new pg.Client({ connectionString: measured.system.databaseUrl('notifications') });
  await client.connect();
  await client.query(`UPDATE mail_topics SET due_at = NULL WHERE family = 'registration'`);
  await client.query(`DELETE FROM notices WHERE state = 'planned'`);
  await client.end();
}

async function allTaken(smtp: ChildServer<TakenMails>, mails: number): Promise<TakenMails> {
  const until = Date.now() + withinMs;
  for (;;) {
    const taken = await smtp.taken();
    if (taken.announcements >= mails) return taken;
    if (Date.now() > until) throw new Error(`Only ${taken.announcements} of ${mails} mails arrived.`);
    await sleep(lookEveryMs);
  }
}
