import type { Registration } from '#contracts/registrations';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { momentOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { AskFirst } from '../../ui/act.js';
import { Ask, Button, StatusTag } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';

const t = words.console;
const refresh = ['registrations', 'availability'];

interface Props {
  readonly registration: Registration;
  readonly stop: Stop;
  readonly onClose: () => void;
}

/** All of one registration, and what the organizer may do with it. */
export function RegistrationDialog({ registration, stop, onClose }: Props) {
  const { id, company, status, note, reason, createdAt, delegates } = registration;
  const name = inLang(company.name, lang);
  const isLive = status !== 'cancelled' && status !== 'declined';
  return (
    <Ask title={name} isOpen onClose={onClose}>
      <p>
        <StatusTag status={status} />{' '}
        <span className="muted">{momentOf(createdAt, stop.timeZone, lang)}</span>
      </p>
      {company.contact ? (
        <p>
          {company.contact.name} · {company.contact.email}
          {company.contact.mobile === null ? '' : ` · ${company.contact.mobile}`}
        </p>
      ) : null}
      {note === null ? null : (
        <p>
          {t.details.note}: {note}
        </p>
      )}
      {reason === null ? null : (
        <p className="notice">
          {t.details.reason}: {reason}
        </p>
      )}
      <h3>{t.details.delegates}</h3>
      <ul className="rows">
        {delegates.map((delegate) => (
          <DelegateRow key={delegate.id} registrationId={id} delegate={delegate} />
        ))}
      </ul>
      <p className="actions">
        {isLive ? (
          <AskFirst
            button={t.details.cancel}
            title={t.details.cancelTitle(name)}
            hint={t.details.cancelHint}
            action={t.details.cancel}
            run={(idempotencyKey) =>
              call('POST', `/registrations/${id}/cancel`, { body: {}, idempotencyKey })
            }
            refresh={refresh}
            onDone={onClose}
          />
        ) : null}
        <Button look="plain" onPress={onClose}>
          {words.close}
        </Button>
      </p>
    </Ask>
  );
}

interface DelegateProps {
  readonly registrationId: string;
  readonly delegate: Registration['delegates'][number];
}

function DelegateRow({ registrationId, delegate }: DelegateProps) {
  const { id, name, email, mobile, jobTitle, badge } = delegate;
  const path = `/registrations/${registrationId}/delegates/${id}/reissue-badge`;
  return (
    <li>
      <span>
        <strong>{name}</strong> <span className="muted">{jobTitle}</span>
        <br />
        <span className="muted">{[email, mobile].filter((one) => one !== null).join(' · ')}</span>
      </span>
      {badge === null ? null : (
        <AskFirst
          button={t.details.reissue}
          label={`${t.details.reissue} ${name}`}
          title={t.details.reissueTitle(name)}
          hint={t.details.reissueHint}
          action={t.details.reissue}
          run={(idempotencyKey) => call('POST', path, { idempotencyKey })}
          refresh={refresh}
        />
      )}
    </li>
  );
}
