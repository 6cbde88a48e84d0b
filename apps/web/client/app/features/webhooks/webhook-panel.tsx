import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { AskFirst, useAct } from '../../ui/act.js';
import { Table } from '../../ui/table.js';
import { ownMoment } from '../../ui/time.js';
import { Button, Loaded, Problem } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { ReplayForm } from './replay-form.js';
import {
  deliveries,
  type Delivery,
  type TestResult,
  type Webhook,
  type WebhookWithSecret,
} from './webhooks.queries.js';
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
  readonly onSecret: (webhook: WebhookWithSecret) => void;
}

/** One endpoint: what it gets, what may be done with it, and what was sent to it. */
export function WebhookPanel({ webhook, onSecret }: Props) {
  const { url, label, types, state } = webhook;
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="panel" aria-label={label ?? url}>
      <h2>
        {label ?? url} <span className={`tag tag-${tags[state]}`}>{t.states[state]}</span>
      </h2>
      {label === null ? null : <p className="muted">{url}</p>}
      <p>{types.map((type) => t.groups[type] ?? type).join(' · ')}</p>
      <Actions webhook={webhook} onSecret={onSecret} />
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t.deliveries}</summary>
        {isOpen ? <Deliveries webhook={webhook} /> : null}
      </details>
    </section>
  );
}

function Actions({ webhook, onSecret }: Props) {
  const { id, url, state, version } = webhook;
  const refresh = ['webhooks', 'deliveries'];
  const move = useAct({
    run: (verb: 'pause' | 'enable', idempotencyKey) =>
      call('POST', `/webhooks/${id}/${verb}`, { version, idempotencyKey }),
    refresh,
  });
  const test = useAct({
    run: (_: void, idempotencyKey) =>
      call<TestResult>('POST', `/webhooks/${id}/test`, { body: {}, idempotencyKey }),
    refresh,
  });
  return (
    <>
      <p className="actions">
        <Button look="plain" isDisabled={test.isBusy} onPress={() => test.act()}>
          {t.test}
        </Button>
        {state === 'active' ? (
          <Button look="plain" isDisabled={move.isBusy} onPress={() => move.act('pause')}>
            {t.pause}
          </Button>
        ) : null}
        {state === 'paused' || state === 'disabled' || state === 'gone' ? (
          <Button look="plain" isDisabled={move.isBusy} onPress={() => move.act('enable')}>
            {t.enable}
          </Button>
        ) : null}
        <AskFirst
          button={t.rotate}
          look="main"
          title={t.rotateTitle}
          hint={t.rotateHint}
          action={t.rotate}
          run={async (idempotencyKey) =>
            onSecret(
              await call<WebhookWithSecret>('POST', `/webhooks/${id}/rotate-secret`, {
                body: {},
                version,
                idempotencyKey,
              }),
            )
          }
          refresh={refresh}
        />
        <AskFirst
          button={words.remove}
          title={t.removeTitle(url)}
          hint={t.removeHint}
          action={words.remove}
          run={() => call('DELETE', `/webhooks/${id}`, { version })}
          refresh={refresh}
        />
      </p>
      <Problem error={move.error ?? test.error} />
      {test.data === undefined ? null : <TestWords result={test.data} />}
    </>
  );
}

export function TestWords({ result: { status, ms, error } }: { result: TestResult }) {
  const isGood = error === null && status !== null && status < 300;
  return (
    <p className={`notice ${isGood ? 'notice-good' : 'notice-bad'}`} role="status">
      {error === null ? t.tested(String(status), ms) : t.testFailed(error)}
    </p>
  );
}

const deliveryTags = {
  waiting: 'pending',
  delivered: 'confirmed',
  failed: 'declined',
  expired: 'declined',
  skipped: 'cancelled',
} as const;

function Deliveries({ webhook }: { webhook: Webhook }) {
  const [state, setState] = useState('');
  const query = useQuery(deliveries(webhook.id, state));
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
          <Table
            label={t.deliveries}
            rows={rows}
            keyOf={({ id }) => id}
            empty={t.deliveriesNone}
            columns={[
              { head: t.type, cell: ({ type }) => type },
              {
                head: t.state,
                cell: ({ state: now, status }) => (
                  <>
                    <span className={`tag tag-${deliveryTags[now]}`}>{t.deliveryStates[now]}</span> {status}
                  </>
                ),
              },
              { head: t.attempts, isNumber: true, cell: ({ attempts }) => attempts },
              {
                head: t.at,
                cell: ({ at, nextAt }) => (
                  <>
                    {ownMoment(at)}{' '}
                    <span className="muted">{nextAt === null ? '' : t.next(ownMoment(nextAt))}</span>
                  </>
                ),
              },
              {
                head: t.actions,
                isHeadHidden: true,
                cell: (one) => <Redeliver webhookId={webhook.id} delivery={one} />,
              },
            ]}
          />
        )}
      </Loaded>
      <ReplayForm webhookId={webhook.id} />
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
        {again.data === undefined ? t.redeliver : t.redelivered}
      </Button>
      <Problem error={again.error} />
    </>
  );
}
