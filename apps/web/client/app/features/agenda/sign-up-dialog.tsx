import { useState } from 'react';
import type { Registration } from '#contracts/registrations';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { timeRange } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { useAct } from '../../ui/act.js';
import { Ask, Button, Problem } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { overlapsOf, signUpChanges, type SignUps } from './agenda.js';
import type { TimetableSession } from './agenda.queries.js';
import { t } from './words.js';

interface Props {
  readonly stop: Stop;
  readonly session: TimetableSession;
  readonly sessions: readonly TimetableSession[];
  readonly delegates: readonly Registration['delegates'][number][];
  readonly signUps: SignUps;
  readonly left: number | null;
  readonly onClose: () => void;
}

/** Who goes to one session. A person who is elsewhere at that time can't be ticked, and it says where. */
export function SignUpDialog({ stop, session, sessions, delegates, signUps, left, onClose }: Props) {
  const before = (signUps.get(session.id) ?? []).filter((id) => delegates.some((one) => one.id === id));
  const [chosen, setChosen] = useState<readonly string[]>(before);
  const { added, removed } = signUpChanges(before, chosen);
  const save = useAct({
    run: async (_: void, idempotencyKey) => {
      // Seats are given back first, so that a change within a full session can be made.
      for (const id of removed) await call('DELETE', `/sessions/${session.id}/signups/${id}`);
      if (added.length > 0)
        await call('POST', `/sessions/${session.id}/signups`, {
          body: { delegateIds: added },
          idempotencyKey,
        });
    },
    refresh: ['sign-ups', 'session-seats'],
    onDone: onClose,
  });
  const isTooMany = left !== null && added.length - removed.length > left;
  return (
    <Ask title={inLang(session.title, lang)} isOpen onClose={onClose}>
      <p className="muted">
        {timeRange(session.startsAt, session.endsAt, stop.timeZone)} {left === null ? '' : t.seats(left)}
      </p>
      <ul className="rows">
        {delegates.map(({ id, name, jobTitle }) => {
          const [overlap] = overlapsOf(session, id, sessions, signUps);
          return (
            <li key={id}>
              <label className="tick">
                <input
                  type="checkbox"
                  checked={chosen.includes(id)}
                  disabled={overlap !== undefined && !chosen.includes(id)}
                  onChange={(event) =>
                    setChosen(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
                  }
                />
                <span>
                  {name} <span className="muted">{jobTitle}</span>
                  {overlap === undefined ? null : (
                    <>
                      <br />
                      <span className="field-fault">
                        {t.busy(
                          inLang(overlap.title, lang),
                          timeRange(overlap.startsAt, overlap.endsAt, stop.timeZone),
                        )}
                      </span>
                    </>
                  )}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      {isTooMany ? (
        <p className="field-fault" role="alert">
          {t.tooMany(left)}
        </p>
      ) : null}
      <Problem error={save.error} />
      <p className="actions">
        <Button
          isDisabled={save.isBusy || isTooMany || (added.length === 0 && removed.length === 0)}
          onPress={() => save.act()}
        >
          {t.save}
        </Button>
        <Button look="plain" onPress={onClose}>
          {words.back}
        </Button>
      </p>
    </Ask>
  );
}
