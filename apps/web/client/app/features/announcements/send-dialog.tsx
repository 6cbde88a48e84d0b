import { useQuery } from '@tanstack/react-query';
import { ApiProblem, call } from '../../api/call.js';
import { useAct } from '../../ui/act.js';
import { Ask, Button, Loaded, Problem } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { preview, type Announcement } from './announcements.queries.js';
import { t } from './words.js';

interface Props {
  readonly announcement: Announcement;
  readonly onClose: () => void;
}

/** Nothing is sent before somebody has seen how many it goes to, and said so. */
export function SendDialog({ announcement: { id, version }, onClose }: Props) {
  const query = useQuery(preview(id));
  const send = useAct({
    run: (recipients: number, idempotencyKey) =>
      call('POST', `/announcements/${id}/approve`, { body: { recipients }, version, idempotencyKey }),
    refresh: ['announcements', 'announcement-preview'],
    onDone: onClose,
  });
  const hasChanged = send.error instanceof ApiProblem && send.error.code === 'announcement.audience_changed';
  return (
    <Ask title={t.checkTitle} isOpen onClose={onClose}>
      <Loaded query={query}>
        {({ recipients, samples }) => (
          <>
            <p>
              <strong>{recipients === 0 ? t.nobody : t.recipients(recipients)}</strong>
            </p>
            {samples.map(({ language, subject, text }) => (
              <details key={language}>
                <summary>
                  {t.sample(t.languages[language] ?? language)}: {subject}
                </summary>
                <p className="letter">{text}</p>
              </details>
            ))}
            {hasChanged ? <p className="notice">{t.changed}</p> : <Problem error={send.error} />}
            <p className="actions">
              <Button isDisabled={recipients === 0 || send.isBusy} onPress={() => send.act(recipients)}>
                {t.send(recipients)}
              </Button>
              <Button look="plain" onPress={onClose}>
                {words.registration.keep}
              </Button>
            </p>
          </>
        )}
      </Loaded>
    </Ask>
  );
}
