import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { useAct } from '../../ui/act.js';
import { Table } from '../../ui/table.js';
import { ownMoment } from '../../ui/time.js';
import { Button, Loaded, Problem } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { ReplayForm } from './replay-form.js';
import { deliveries, maxDeliveries, type Delivery, type Webhook } from './webhooks.queries.js';
import { t } from './words.js';

const tags = {
  waiting: 'pending',
  delivered: 'confirmed',
  failed: 'declined',
  expired: 'declined',
  skipped: 'cancelled',
} as const;

/** What was sent to an endpoint and how it answered, the newest first; and a way to send it again. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const [state, setState] = useState('');
  const query = useQuery(deliveries(webhook.id, state));
  const isTaking = webhook.state === 'active' || webhook.state === 'paused';
  return (
    <>
      <nav className="tabs" aria-label={t.state}>
        {['', ...Object.keys(t.deliveryStates)].map((one) => (
          <button key={one} type="button" aria-pressed={state === one} onClick={() => setState(one)}>
            {one === '' ? words.all : t.deliveryStates[one as Delivery['state']]}
          </button>
        ))}
      </nav>
      <Loaded query={query}>
        {(rows) => (
          <>
            <Table
              label={t.deliveries}
              rows={rows}
              keyOf={({ id }) => id}
              empty={state === '' ? t.deliveriesNone : t.deliveriesNoneSuch}
              columns={[
                {
                  head: t.type,
                  cell: ({ type, messageId }) => (
                    <>
                      <code>{type}</code>
                      <br />
                      <span className="muted message-id">{messageId}</span>
                    </>
                  ),
                },
                { head: t.state, cell: (one) => <State delivery={one} /> },
                { head: t.attempts, isNumber: true, cell: ({ attempts }) => attempts },
                {
                  head: t.at,
                  cell: ({ at, nextAt }) => (
                    <>
                      {ownMoment(at)}
                      {nextAt === null ? null : (
                        <>
                          <br />
                          <span className="muted">{t.next(ownMoment(nextAt))}</span>
                        </>
                      )}
                    </>
                  ),
                },
                {
                  head: t.actions,
                  isHeadHidden: true,
                  cell: (one) => (isTaking ? <Redeliver webhookId={webhook.id} delivery={one} /> : null),
                },
              ]}
            />
            {rows.length < maxDeliveries ? null : <p className="muted">{t.deliveriesCut(maxDeliveries)}</p>}
          </>
        )}
      </Loaded>
      {isTaking ? <ReplayForm webhookId={webhook.id} /> : <p className="muted">{t.notTaking}</p>}
    </>
  );
}

function State({ delivery: { state, status } }: { delivery: Delivery }) {
  return (
    <>
      <span className={`tag tag-${tags[state]}`}>{t.deliveryStates[state]}</span>{' '}
      {status === null ? null : <span className="muted">HTTP {status}</span>}
    </>
  );
}

function Redeliver({ webhookId, delivery: { id, state, type } }: { webhookId: string; delivery: Delivery }) {
  const again = useAct({
    run: (_: void, idempotencyKey) =>
      call('POST', `/webhooks/${webhookId}/deliveries/${id}/redeliver`, { idempotencyKey }),
    refresh: ['deliveries'],
  });
  if (state === 'waiting') return null;
  return (
    <>
      <Button
        look="link"
        aria-label={`${t.redeliver} ${type}`}
        isDisabled={again.isBusy}
        onPress={() => again.act()}
      >
        {t.redeliver}
      </Button>
      <Problem error={again.error} />
    </>
  );
}
