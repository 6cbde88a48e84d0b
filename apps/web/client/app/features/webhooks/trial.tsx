import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { Labelled } from '../../form/fields.js';
import { useAct } from '../../ui/act.js';
import { Button, Problem } from '../../ui/ui.js';
import { typesToTest } from './webhook-draft.js';
import { eventTypes, type TestResult, type Webhook } from './webhooks.queries.js';
import { t } from './words.js';

/** Sends one event with sample data, and shows the answer. A ping that is taken verifies the endpoint. */
export function Trial({ webhook: { id, types } }: { webhook: Webhook }) {
  const catalogue = useQuery(eventTypes);
  const [type, setType] = useState('webhook.ping');
  const test = useAct({
    run: (_: void, idempotencyKey) =>
      call<TestResult>('POST', `/webhooks/${id}/test`, { body: { type }, idempotencyKey }),
    refresh: ['webhooks', 'deliveries'],
  });
  return (
    <div className="stack form">
      <p className="muted">{t.trialHint}</p>
      <Labelled label={t.type} isRequired>
        {(described) => (
          <select
            {...described}
            className="field-input"
            value={type}
            onChange={(event) => setType(event.target.value)}
          >
            {typesToTest(types, catalogue.data ?? []).map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Problem error={test.error} />
      {test.data === undefined ? null : <TestWords result={test.data} />}
      <p className="actions">
        <Button isDisabled={test.isBusy} onPress={() => test.act()}>
          {t.test}
        </Button>
      </p>
    </div>
  );
}

export function TestWords({ result: { status, ms, error } }: { result: TestResult }) {
  const isGood = error === null && status !== null && status >= 200 && status < 300;
  return (
    <p className={`notice ${isGood ? 'notice-good' : 'notice-bad'}`} role="status">
      {error === null ? t.tested(String(status), ms) : t.testFailed(t.reason(error))}
      {isGood || error !== null ? null : ` ${t.testNot2xx}`}
    </p>
  );
}
