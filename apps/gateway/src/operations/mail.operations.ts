import {
  approveAnnouncement,
  createAnnouncement,
  deleteMailTemplate,
  getAnnouncement,
  getNotificationSettings,
  listAnnouncements,
  listMailTemplates,
  listMails,
  previewAnnouncement,
  previewMailTemplate,
  putMailTemplate,
  retryMail,
  showUnsubscribe,
  stopAnnouncement,
  unsubscribe,
  updateNotificationSettings,
  type OutputOf,
  type RequestContract,
} from '#contracts';
import { anyone, organizer } from './access.js';
import { operation, type Method, type Operation } from './operation.js';

/** The people of a whole stop are asked for. */
const audienceDeadlineMs = 20_000;

function forOrganizers(
  id: string,
  method: Method,
  path: string,
  contract: RequestContract,
  more: Pick<Operation, 'summary' | 'status'> & Partial<Pick<Operation, 'description' | 'deadlineMs'>>,
): Operation {
  return operation({ id, method, path: `/v1${path}`, tag: 'Mail', access: organizer, contract, ...more });
}

const oneTemplate = '/mail/templates/{kind}/{language}';
/** A page of one form and nothing else. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
const page = {
  mediaType: 'text/html; charset=utf-8',
  render: ({ html }: OutputOf<typeof showUnsubscribe>) => html,
  policy: pagePolicy,
};

export const mailOperations = [
  forOrganizers('getNotificationSettings', 'GET', '/notification-settings', getNotificationSettings, {
    summary: 'How your organization writes',
    status: 200,
  }),
  forOrganizers('updateNotificationSettings', 'PATCH', '/notification-settings', updateNotificationSettings, {
    summary: 'Change how your organization writes',
    description:
      '`replyTo` gets the answers to mails and the organizer’s own mails. `defaultLanguage: null` writes both, Chinese first. ' +
      'Quiet hours are on the stop’s clock; what can’t wait is sent all the same.',
    status: 200,
  }),
  forOrganizers('listMailTemplates', 'GET', '/mail/templates', listMailTemplates, {
    summary: 'The texts of all mails',
    status: 200,
  }),
  forOrganizers('putMailTemplate', 'PUT', oneTemplate, putMailTemplate, {
    summary: 'Write a mail in your own words',
    description: 'Markdown. What stands in braces is filled in; `placeholders` names what there is.',
    status: 200,
  }),
  forOrganizers('deleteMailTemplate', 'DELETE', oneTemplate, deleteMailTemplate, {
    summary: 'Go back to the text that comes with the installation',
    status: 204,
  }),
  forOrganizers('previewMailTemplate', 'POST', `${oneTemplate}/preview`, previewMailTemplate, {
    summary: 'See a mail with made-up values',
    status: 200,
  }),
  forOrganizers('listMails', 'GET', '/stops/{stopId}/mails', listMails, {
    summary: 'What was sent for a stop, and what waits',
    description: 'Ids, no addresses.',
    status: 200,
  }),
  forOrganizers('retryMail', 'POST', '/mails/{id}/retry', retryMail, {
    summary: 'Send a mail again that did not arrive',
    description: 'Also to a mailbox that was thought not to exist.',
    status: 202,
  }),
  forOrganizers('createAnnouncement', 'POST', '/stops/{stopId}/announcements', createAnnouncement, {
    summary: 'Draft an announcement',
    description:
      '`registrations` reaches the delegates and the companies’ contacts. Who unsubscribed gets none. Nothing is sent before it is approved.',
    status: 201,
  }),
  forOrganizers('listAnnouncements', 'GET', '/stops/{stopId}/announcements', listAnnouncements, {
    summary: 'The announcements of a stop',
    status: 200,
  }),
  forOrganizers('getAnnouncement', 'GET', '/announcements/{id}', getAnnouncement, {
    summary: 'One announcement',
    status: 200,
  }),
  forOrganizers('previewAnnouncement', 'POST', '/announcements/{id}/preview', previewAnnouncement, {
    summary: 'Count the recipients, and see the mail as some of them would',
    status: 200,
    deadlineMs: audienceDeadlineMs,
  }),
  forOrganizers('approveAnnouncement', 'POST', '/announcements/{id}/approve', approveAnnouncement, {
    summary: 'Send an announcement',
    description:
      '`recipients` is the number of the preview: another one now is refused. Sending begins 60 seconds later.',
    status: 200,
    deadlineMs: audienceDeadlineMs,
  }),
  forOrganizers('stopAnnouncement', 'POST', '/announcements/{id}/stop', stopAnnouncement, {
    summary: 'Stop an announcement',
    description: 'Works until the last mail.',
    status: 200,
  }),
  operation({
    id: 'showUnsubscribe',
    method: 'GET',
    path: '/v1/unsubscribe/{token}',
    tag: 'Mail',
    summary: 'The page behind the link in a mail',
    description: 'Changes nothing, since mail firewalls follow links.',
    access: anyone,
    status: 200,
    contract: showUnsubscribe,
    format: page,
  }),
  operation({
    id: 'unsubscribe',
    method: 'POST',
    path: '/v1/unsubscribe/{token}',
    tag: 'Mail',
    summary: 'End announcements and reminders of an organization to an address',
    description: 'One click (RFC 8058): the body is not looked at. Repeating is harmless.',
    access: anyone,
    status: 200,
    contract: unsubscribe,
    format: page,
    ignoresBody: true,
  }),
];
