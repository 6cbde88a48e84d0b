import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { FormEnd, Line } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { Screen } from '../../ui/screen.js';
import { Secret } from '../../ui/secret.js';
import { Loaded } from '../../ui/ui.js';
import { SignedIn } from '../account/signed-in.js';
import { EventFields, checkEvents, eventBody } from './event-fields.js';
import { WebhookPanel } from './webhook-panel.js';
import { webhooks, type WebhookWithSecret } from './webhooks.queries.js';
import { t } from './words.js';

const Page = (role: 'organizer' | 'company') => () => <SignedIn role={role}>{() => <Webhooks />}</SignedIn>;

function Webhooks() {
  const query = useQuery(webhooks);
  const [shown, setShown] = useState<WebhookWithSecret | null>(null);
  return (
    <Screen title={t.title} lead={t.lead}>
      {shown === null ? null : (
        <Secret label={`${t.secret}: ${shown.url}`} hint={t.secretHint} value={shown.secret} />
      )}
      <Make onMade={setShown} />
      <Loaded query={query}>
        {(rows) => (
          <>
            {rows.length === 0 ? <p className="empty">{t.none}</p> : null}
            {rows.map((webhook) => (
              <WebhookPanel key={webhook.id} webhook={webhook} onSecret={setShown} />
            ))}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function Make({ onMade }: { onMade: (made: WebhookWithSecret) => void }) {
  const client = useQueryClient();
  const form = useForm({
    name: 'new webhook',
    empty: {
      url: '',
      label: '',
      types: ['registration.*'] as readonly string[],
      stopIds: [] as readonly string[],
    },
    send: (values, idempotencyKey) =>
      call<WebhookWithSecret>('POST', '/webhooks', {
        body: {
          url: values.url.trim(),
          ...eventBody(values),
          ...(values.label.trim() === '' ? {} : { label: values.label.trim() }),
        },
        idempotencyKey,
      }),
    check: checkEvents,
    onDone: (made) => {
      onMade(made);
      form.reset();
      return client.invalidateQueries({ queryKey: ['webhooks'] });
    },
  });
  return (
    <details className="panel" open={form.isRestored ? true : undefined}>
      <summary>{t.make}</summary>
      <form className="stack form" onSubmit={form.submit} noValidate>
        <div className="two">
          <Line form={form} at="url" pointer="/url" type="url" label={t.url} hint={t.urlHint} isRequired />
          <Line form={form} at="label" pointer="/label" label={t.label} />
        </div>
        <EventFields form={form} />
        <FormEnd form={form} label={t.make} isDisabled={form.values.url.trim() === ''} />
      </form>
    </details>
  );
}

export const consoleRoute = createLazyRoute('/console/webhooks')({ component: Page('organizer') });
export const companyRoute = createLazyRoute('/company/webhooks')({ component: Page('company') });
