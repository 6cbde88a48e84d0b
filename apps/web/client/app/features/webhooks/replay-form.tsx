import { useState } from 'react';
import { instantOf } from '../../../../shared/local-time.js';
import { call } from '../../api/call.js';
import { FormEnd, Line } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { ownZone } from '../../ui/time.js';
import { t } from './words.js';

/** What happened since a moment is sent once more. */
export function ReplayForm({ webhookId }: { webhookId: string }) {
  const [count, setCount] = useState<number | null>(null);
  const form = useForm({
    name: `replay ${webhookId}`,
    empty: { from: '' },
    send: ({ from }, idempotencyKey) =>
      call<{ messages: number }>('POST', `/webhooks/${webhookId}/replay`, {
        body: { from: instantOf(from, ownZone) ?? from },
        idempotencyKey,
      }),
    onDone: ({ messages }) => setCount(messages),
  });
  return (
    <form className="stack form" onSubmit={form.submit} noValidate>
      <Line
        form={form}
        at="from"
        pointer="/from"
        type="datetime-local"
        label={t.replayFrom}
        hint={t.replayHint}
        isRequired
      />
      {count === null ? null : (
        <p className="notice notice-good" role="status">
          {t.replayed(count)}
        </p>
      )}
      <FormEnd form={form} label={t.replay} isDisabled={form.values.from === ''} />
    </form>
  );
}
