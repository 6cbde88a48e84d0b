import { useState } from 'react';
import { call } from '../../api/call.js';
import { Labelled } from '../../form/fields.js';
import { AskFirst, Sure, useAct } from '../../ui/act.js';
import { Button, Problem } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import type { Webhook, WebhookWithSecret } from './webhooks.queries.js';
import { t } from './words.js';

interface Props {
  readonly webhook: Webhook;
  readonly onSecret: (webhook: WebhookWithSecret, overlapHours: number) => void;
}

const refresh = ['webhooks', 'deliveries'];

/** What the owner can do with an endpoint in its state. */
export function WebhookActions({ webhook, onSecret }: Props) {
  const { id, url, state, version } = webhook;
  const [isRotating, setRotating] = useState(false);
  const move = useAct({
    run: (verb: 'pause' | 'enable', idempotencyKey) =>
      call('POST', `/webhooks/${id}/${verb}`, { version, idempotencyKey }),
    refresh,
  });
  return (
    <>
      <p className="actions">
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
        <Button look="plain" onPress={() => setRotating(true)}>
          {t.rotate}
        </Button>
        <AskFirst
          button={words.remove}
          title={t.removeTitle(url)}
          hint={t.removeHint}
          action={words.remove}
          run={() => call('DELETE', `/webhooks/${id}`, { version })}
          refresh={refresh}
        />
      </p>
      <Problem error={move.error} />
      {isRotating ? (
        <Rotate webhook={webhook} onSecret={onSecret} onClose={() => setRotating(false)} />
      ) : null}
    </>
  );
}

/** For how long both secrets can sign, in hours: not at all for one that leaked, up to a week for many receivers. */
const overlaps = [0, 1, 24, 72, 168] as const;
const usualOverlap = '24';

function Rotate({ webhook: { id, version }, onSecret, onClose }: Props & { onClose: () => void }) {
  const [hours, setHours] = useState(usualOverlap);
  return (
    <Sure
      title={t.rotateTitle}
      hint={t.rotateHint}
      action={t.rotate}
      look="main"
      refresh={refresh}
      onClose={onClose}
      run={async (idempotencyKey) => {
        const body = { overlapHours: Number(hours) };
        const path = `/webhooks/${id}/rotate-secret`;
        onSecret(
          await call<WebhookWithSecret>('POST', path, { body, version, idempotencyKey }),
          body.overlapHours,
        );
      }}
    >
      <Labelled label={t.overlap} isRequired>
        {(described) => (
          <select
            {...described}
            className="field-input"
            value={hours}
            onChange={(event) => setHours(event.target.value)}
          >
            {overlaps.map((one) => (
              <option key={one} value={one}>
                {one === 0 ? t.overlapNone : t.overlapHours(one)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
    </Sure>
  );
}
