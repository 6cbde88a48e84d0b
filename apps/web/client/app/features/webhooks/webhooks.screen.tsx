import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { Line } from '../../form/fields.js';
import { NewPanel } from '../../form/new-panel.js';
import { useForm } from '../../form/use-form.js';
import { Screen } from '../../ui/screen.js';
import { Secret } from '../../ui/secret.js';
import { Loaded } from '../../ui/ui.js';
import { SignedIn } from '../account/signed-in.js';
import { EventFields, checkEvents } from './event-fields.js';
import { emptyWebhook, webhookBody } from './webhook-draft.js';
import { WebhookPanel } from './webhook-panel.js';
import { webhooks, type WebhookWithSecret } from './webhooks.queries.js';
import { t } from './words.js';

const Page = (role: 'organizer' | 'company') => () => <SignedIn role={role}>{() => <Webhooks />}</SignedIn>;

/** A secret that is on the screen until it is left, and what to do with it. */
interface ShownSecret {
  readonly webhook: WebhookWithSecret;
  readonly hint: string;
}

function Webhooks() {
  const query = useQuery(webhooks);
  const [shown, setShown] = useState<ShownSecret | null>(null);
  const show = (webhook: WebhookWithSecret, overlapHours: number | null): void => {
    setShown({ webhook, hint: overlapHours === null ? t.secretHint : t.secretRotated(overlapHours) });
    scrollTo({ top: 0 });
  };
  return (
    <Screen title={t.title} lead={t.lead}>
      {shown === null ? null : (
        <Secret
          key={shown.webhook.secret}
          label={t.secret(shown.webhook.label ?? shown.webhook.url)}
          hint={shown.hint}
          value={shown.webhook.secret}
        />
      )}
      <Make onMade={(made) => show(made, null)} />
      <Loaded query={query}>
        {(rows) => (
          <>
            {rows.length === 0 ? <p className="empty">{t.none}</p> : null}
            {rows.map((webhook) => (
              <WebhookPanel key={webhook.id} webhook={webhook} onSecret={show} />
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
    empty: emptyWebhook,
    send: (draft, idempotencyKey) =>
      call<WebhookWithSecret>('POST', '/webhooks', { body: webhookBody(draft), idempotencyKey }),
    check: checkEvents,
    onDone: (made) => {
      onMade(made);
      form.reset();
      return client.invalidateQueries({ queryKey: ['webhooks'] });
    },
  });
  return (
    <NewPanel form={form} title={t.make} action={t.make} isDisabled={form.values.url.trim() === ''}>
      <div className="two">
        <Line form={form} at="url" type="url" label={t.url} hint={t.urlHint} isRequired />
        <Line form={form} at="label" label={t.label} />
      </div>
      <EventFields form={form} />
    </NewPanel>
  );
}

export const consoleRoute = createLazyRoute('/console/webhooks')({ component: Page('organizer') });
export const companyRoute = createLazyRoute('/company/webhooks')({ component: Page('company') });
