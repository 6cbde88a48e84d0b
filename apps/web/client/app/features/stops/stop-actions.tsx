import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Registration } from '#contracts/registrations';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { call } from '../../api/call.js';
import { registrations, sessions } from '../../api/queries.js';
import { Labelled } from '../../form/fields.js';
import { useKeptText } from '../../form/use-kept-text.js';
import { AskFirst, Sure } from '../../ui/act.js';
import { together } from '../../ui/together.js';
import { Button } from '../../ui/ui.js';
import { t } from './words.js';

const refresh = ['stop', 'stops', 'availability', 'registrations', 'sessions'];

/** What an organizer may do with a stop as it is now. */
export function StopActions({ stop }: { stop: Stop }) {
  const isLive = stop.status === 'draft' || stop.status === 'published';
  const params = { stopId: stop.id };
  const move = (verb: string, body: object) => (idempotencyKey: string) =>
    call('POST', `/stops/${stop.id}/${verb}`, { body, version: stop.version, idempotencyKey });
  return (
    <p className="actions">
      {stop.status === 'draft' ? (
        <AskFirst
          button={t.publish}
          look="main"
          title={t.publishTitle}
          hint={t.publishHint}
          action={t.yes.publish}
          run={(idempotencyKey) =>
            call('POST', `/stops/${stop.id}/publish`, { version: stop.version, idempotencyKey })
          }
          refresh={refresh}
        />
      ) : null}
      <Link className="button button-plain" to="/console/stops/$stopId/edit" params={params}>
        {t.edit}
      </Link>
      {stop.status === 'published' ? (
        <Link className="button button-plain" to="/console/stops/$stopId/reschedule" params={params}>
          {t.reschedule}
        </Link>
      ) : null}
      <Link
        className="button button-plain"
        to="/console/tours/$tourId/stops/new"
        params={{ tourId: stop.tourId }}
        search={{ copy: stop.id }}
      >
        {t.copy}
      </Link>
      {stop.status === 'published' ? <Complete stop={stop} move={move} /> : null}
      {isLive ? <Cancel stop={stop} move={move} /> : null}
      {stop.status === 'draft' ? <Remove stop={stop} /> : null}
    </p>
  );
}

interface MoveProps {
  readonly stop: Stop;
  readonly move: (verb: string, body: object) => (idempotencyKey: string) => Promise<unknown>;
}

function Complete({ stop, move }: MoveProps) {
  const isEarly = Date.now() < Date.parse(stop.startsAt);
  return (
    <AskFirst
      button={t.complete}
      look="main"
      title={t.completeTitle}
      hint={isEarly ? `${t.completeEarly} ${t.completeHint}` : t.completeHint}
      action={t.yes.complete}
      run={move('complete', isEarly ? { early: true } : {})}
      refresh={refresh}
    />
  );
}

function Cancel({ stop, move }: MoveProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="danger" onPress={() => setOpen(true)}>
        {t.cancel}
      </Button>
      {isOpen ? <SureToCancel stop={stop} move={move} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** Says how much goes with it, and wants a reason. */
function SureToCancel({ stop, move, onClose }: MoveProps & { onClose: () => void }): ReactNode {
  const [reason, setReason, forget] = useKeptText(`cancel stop ${stop.id}`);
  const known = together(useQuery(registrations(stop.id)), useQuery(sessions(stop.id))).data;
  return (
    <Sure
      title={t.cancelTitle}
      hint={known === undefined ? t.cancelHintUnknown : cancelHint(...known)}
      action={t.yes.cancel}
      run={move('cancel', { reason: reason.trim() })}
      refresh={refresh}
      isDisabled={reason.trim() === ''}
      onDone={forget}
      onClose={onClose}
    >
      <Labelled label={t.cancelReason} isRequired>
        {(described) => (
          <textarea
            {...described}
            className="field-input"
            rows={3}
            maxLength={2_000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Labelled>
    </Sure>
  );
}

function cancelHint(all: readonly Registration[], talks: readonly Session[]): string {
  const live = all.filter(({ status }) => status !== 'cancelled' && status !== 'declined');
  const planned = talks.filter(({ status }) => status === 'accepted' || status === 'scheduled');
  return t.cancelHint(live.length, planned.length);
}

function Remove({ stop }: { stop: Stop }) {
  const navigate = useNavigate();
  return (
    <AskFirst
      button={t.remove}
      title={t.removeTitle}
      hint={t.removeHint}
      action={t.yes.remove}
      run={() => call('DELETE', `/stops/${stop.id}`, { version: stop.version })}
      refresh={['stops']}
      onDone={() => navigate({ to: '/console' })}
    />
  );
}
