import { useState } from 'react';
import { instantOf } from '../../../../shared/local-time.js';
import { call } from '../../api/call.js';
import { FormEnd, Line } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { ownZone } from '../../ui/time.js';
import { t } from './words.js';

/** What happened in a time, or since a moment, is sent once more. */
export function ReplayForm({ webhookId }: { webhookId: string }) {
  const [count, setCount] = useState<number | null>(null);
  const form = useForm({
    name: `replay ${webhookId}`,
    empty: { from: '', to: '' },
    send: ({ from, to }, idempotencyKey) =>
      call<{ messages: number }>('POST', `/webhooks/${webhookId}/replay`, {
        body: { from: ownInstant(from), ...(to === '' ? {} : { to: ownInstant(to) }) },
        idempotencyKey,
      }),
    check: ({ from, to }) => new Map(to !== '' && to < from ? [['/to', t.replayBackwards]] : []),
    onDone: ({ messages }) => {
      setCount(messages);
      form.reset();
    },
  });
  return (
    <form className="stack form" onSubmit={form.submit} noValidate>
      <h3>{t.replay}</h3>
      <p className="muted">{t.replayHint}</p>
      <div className="two">
        <Line form={form} at="from" type="datetime-local" label={t.replayFrom} isRequired />
        <Line form={form} at="to" type="datetime-local" label={t.replayTo} hint={t.replayToHint} />
      </div>
      {count === null || form.values.from !== '' ? null : (
        <p className="notice notice-good" role="status">
          {t.replayed(count)}
        </p>
      )}
      <FormEnd form={form} label={t.replay} isDisabled={form.values.from === ''} />
    </form>
  );
}

const ownInstant = (local: string): string => instantOf(local, ownZone) ?? local;
