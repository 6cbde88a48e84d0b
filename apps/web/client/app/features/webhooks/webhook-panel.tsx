import { Folded } from '../../ui/folded.js';
import { Facts } from '../../ui/table.js';
import { ownMoment } from '../../ui/time.js';
import { Deliveries } from './deliveries.js';
import { EventsInWords } from './event-fields.js';
import { Trial } from './trial.js';
import { WebhookActions } from './webhook-actions.js';
import { WebhookForm } from './webhook-form.js';
import type { Webhook, WebhookWithSecret } from './webhooks.queries.js';
import { t } from './words.js';

const tags = {
  pending: 'pending',
  active: 'confirmed',
  paused: 'cancelled',
  disabled: 'declined',
  gone: 'declined',
} as const;

interface Props {
  readonly webhook: Webhook;
  readonly onSecret: (webhook: WebhookWithSecret, overlapHours: number) => void;
}

/** One endpoint: what it gets, what may be done with it, and what was sent to it. */
export function WebhookPanel({ webhook, onSecret }: Props) {
  const { url, label, types, stopIds, state, createdAt } = webhook;
  const name = label ?? url;
  return (
    <section className="panel" aria-label={name}>
      <h2>
        {name} <span className={`tag tag-${tags[state]}`}>{t.states[state]}</span>
      </h2>
      {t.stateHints[state] === '' ? null : (
        <p className={`notice${state === 'pending' || state === 'paused' ? '' : ' notice-bad'}`}>
          {t.stateHints[state]}
        </p>
      )}
      <Facts
        facts={[
          [
            t.url,
            <code className="address" key="url">
              {url}
            </code>,
          ],
          [t.made, ownMoment(createdAt)],
        ]}
      />
      <EventsInWords types={types} stopIds={stopIds} />
      <WebhookActions webhook={webhook} onSecret={onSecret} />
      <Folded summary={t.edit}>{(close) => <WebhookForm webhook={webhook} onChanged={close} />}</Folded>
      <Folded summary={t.trial}>{() => <Trial webhook={webhook} />}</Folded>
      <Folded summary={t.deliveries}>{() => <Deliveries webhook={webhook} />}</Folded>
    </section>
  );
}
