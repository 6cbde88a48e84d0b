import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import { FormEnd, Line } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { words } from '../../words/index.js';
import { EventFields, checkEvents } from './event-fields.js';
import { webhookDraftOf, webhookPatch } from './webhook-draft.js';
import type { Webhook } from './webhooks.queries.js';
import { t } from './words.js';

interface Props {
  readonly webhook: Webhook;
  readonly onChanged: () => void;
}

/** Changes an endpoint; another address has to take a ping first, as the first one had to. */
export function WebhookForm({ webhook, onChanged }: Props) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['webhooks'] });
  const { id, version, url } = webhook;
  const form = useForm({
    name: `webhook ${id}`,
    empty: webhookDraftOf(webhook),
    send: (draft) =>
      call<Webhook>('PATCH', `/webhooks/${id}`, { body: webhookPatch(webhook, draft), version }),
    check: checkEvents,
    onDone: async () => {
      await refresh();
      onChanged();
    },
    onStale: refresh,
  });
  const isSame = Object.keys(webhookPatch(webhook, form.values)).length === 0;
  return (
    <form className="stack form" onSubmit={form.submit} noValidate>
      <div className="two">
        <Line form={form} at="url" type="url" label={t.url} hint={t.urlHint} isRequired />
        <Line form={form} at="label" label={t.label} />
      </div>
      {form.values.url.trim() === url ? null : <p className="notice">{t.urlMoves}</p>}
      <EventFields form={form} />
      <FormEnd form={form} label={words.save} isDisabled={isSame} />
    </form>
  );
}
