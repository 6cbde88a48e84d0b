import { useState } from 'react';
import type { FollowUp } from '#contracts/outcomes';
import { call } from '../../api/call.js';
import { Labelled } from '../../form/fields.js';
import { Sure } from '../../ui/act.js';
import { Field } from '../../ui/ui.js';
import { t } from './follow-up-words.js';
import { nextStages } from './thread.js';

/** Reports the next step of a follow-up. */
export function StepDialog({ followUp, onClose }: { followUp: FollowUp; onClose: () => void }) {
  const choices = nextStages(followUp);
  const [stage, setStage] = useState<string>(choices[0] ?? 'ended');
  const [note, setNote] = useState('');
  const [amount, setAmount] = useState('');
  const isWhole = /^\d{0,15}$/.test(amount.trim());
  const body = {
    stage,
    ...(note.trim() === '' ? {} : { note: note.trim() }),
    ...(amount.trim() === '' ? {} : { amount: Number(amount) }),
  };
  return (
    <Sure
      title={followUp.subject}
      action={t.send}
      look="main"
      isDisabled={!isWhole}
      run={(idempotencyKey) => call('POST', `/follow-ups/${followUp.id}/steps`, { body, idempotencyKey })}
      refresh={['follow-ups']}
      onClose={onClose}
    >
      <Labelled label={t.stage} isRequired>
        {(described) => (
          <select
            {...described}
            className="field-input"
            value={stage}
            onChange={(event) => setStage(event.target.value)}
          >
            {choices.map((one) => (
              <option key={one} value={one}>
                {t.stages[one]}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Field name="/note" label={t.note} value={note} onChange={setNote} />
      <Field
        name="/amount"
        label={t.amount}
        value={amount}
        onChange={setAmount}
        inputMode="numeric"
        fault={isWhole ? undefined : t.amountFault}
      />
    </Sure>
  );
}
