import {
  createWebhook,
  deleteWebhook,
  enableWebhook,
  getWebhook,
  listDeliveries,
  listWebhooks,
  pauseWebhook,
  redeliver,
  replayWebhook,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
  type RequestContract,
} from '#contracts';
import { companyOrOrganizer } from './access.js';
import { operation, type Method, type Operation } from './operation.js';

/** The test of an endpoint waits for its answer, 15 seconds at most. */
const testDeadlineMs = 20_000;

function ofWebhook(
  id: string,
  method: Method,
  path: string,
  contract: RequestContract,
  more: Pick<Operation, 'summary' | 'status'> & Partial<Pick<Operation, 'description' | 'deadlineMs'>>,
): Operation {
  return operation({
    id,
    method,
    path: `/v1/webhooks${path}`,
    tag: 'Webhooks',
    access: companyOrOrganizer,
    contract,
    ...more,
  });
}

export const webhooksOperations = [
  ofWebhook('createWebhook', 'POST', '', createWebhook, {
    summary: 'Have events posted to a URL',
    description:
      'Requests follow Standard Webhooks. The endpoint is `pending` until it answers a signed `webhook.ping` with 2xx. ' +
      'The secret is shown once.',
    status: 201,
  }),
  ofWebhook('listWebhooks', 'GET', '', listWebhooks, { summary: 'Your webhooks', status: 200 }),
  ofWebhook('getWebhook', 'GET', '/{id}', getWebhook, { summary: 'One webhook', status: 200 }),
  ofWebhook('updateWebhook', 'PATCH', '/{id}', updateWebhook, {
    summary: 'Change a webhook',
    description: 'With another URL it is `pending` again until the new receiver answers a ping.',
    status: 200,
  }),
  ofWebhook('deleteWebhook', 'DELETE', '/{id}', deleteWebhook, { summary: 'Delete a webhook', status: 204 }),
  ofWebhook('pauseWebhook', 'POST', '/{id}/pause', pauseWebhook, {
    summary: 'Send nothing for a while',
    description: 'What happens meanwhile waits.',
    status: 200,
  }),
  ofWebhook('enableWebhook', 'POST', '/{id}/enable', enableWebhook, {
    summary: 'Send again',
    description: 'Also for a webhook that is `disabled` or `gone`.',
    status: 200,
  }),
  ofWebhook('rotateWebhookSecret', 'POST', '/{id}/rotate-secret', rotateWebhookSecret, {
    summary: 'Make a new secret',
    description: 'The secret before signs as well for `overlapHours`. The new one is shown once.',
    status: 200,
  }),
  ofWebhook('testWebhook', 'POST', '/{id}/test', testWebhook, {
    summary: 'Post an event with sample data now',
    description: 'A `webhook.ping` that is answered with 2xx activates a pending webhook.',
    status: 200,
    deadlineMs: testDeadlineMs,
  }),
  ofWebhook('replayWebhook', 'POST', '/{id}/replay', replayWebhook, {
    summary: 'Have the events of a time posted again',
    description: 'Under their old ids.',
    status: 202,
  }),
  ofWebhook('listDeliveries', 'GET', '/{id}/deliveries', listDeliveries, {
    summary: 'What was sent to a webhook, and what waits',
    status: 200,
  }),
  ofWebhook('redeliver', 'POST', '/{id}/deliveries/{deliveryId}/redeliver', redeliver, {
    summary: 'Have one delivery sent again',
    status: 202,
  }),
];
