import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { momentOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { sessions as sessionsQuery } from '../../api/queries.js';
import { Choice, Line, Lines, Tick, Ticks, Whole } from '../../form/fields.js';
import { NewPanel } from '../../form/new-panel.js';
import { useForm } from '../../form/use-form.js';
import { AskFirst } from '../../ui/act.js';
import { OfStop } from '../../ui/of-address.js';
import { Button, Loaded } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { announcementBody, emptyAnnouncement, reachesNobody } from './announcement-draft.js';
import { announcements, type Announcement } from './announcements.queries.js';
import { SendDialog } from './send-dialog.js';
import { t } from './words.js';

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <Announcements stop={stop} />}</OfStop>}</SignedIn>
);

function Announcements({ stop }: { stop: Stop }) {
  const query = useQuery(announcements(stop.id));
  return (
    <StopScreen stop={stop} title={t.title}>
      <p className="muted lead">{t.lead}</p>
      <Write stop={stop} />
      <Loaded query={query}>
        {(rows) => (
          <>
            {rows.length === 0 ? <p className="empty">{t.none}</p> : null}
            <ul className="rows">
              {rows.toReversed().map((one) => (
                <AnnouncementRow key={one.id} announcement={one} stop={stop} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </StopScreen>
  );
}

function Write({ stop }: { stop: Stop }) {
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery(stop.id));
  const [savedAs, setSavedAs] = useState<Announcement | null>(null);
  const form = useForm({
    name: `announcement ${stop.id}`,
    empty: emptyAnnouncement,
    send: (draft, idempotencyKey) =>
      call<Announcement>('POST', `/stops/${stop.id}/announcements`, {
        body: announcementBody(draft),
        idempotencyKey,
      }),
    check: (draft) => new Map(reachesNobody(draft) ? [['/audience', t.pickSomebody]] : []),
    onDone: (saved) => {
      setSavedAs(saved);
      form.reset();
      return client.invalidateQueries({ queryKey: ['announcements'] });
    },
  });
  const scheduled = sessions.data?.filter(({ status }) => status === 'scheduled') ?? [];
  return (
    <>
      <NewPanel form={form} title={t.make} action={t.save}>
        <h2>{t.who}</h2>
        <Ticks
          legend={t.registrations}
          options={Object.entries(words.status)}
          chosen={form.values.registrations}
          onChange={(registrations) => form.set({ registrations })}
          fault={form.fault('/audience')}
        />
        <Tick form={form} at="isToSpeakers" label={t.speakers} />
        <div className="two">
          <Choice
            form={form}
            at="sessionId"
            pointer="/audience/sessionId"
            label={t.session}
            options={[
              ['', ''],
              ...scheduled.map(({ id, title }): [string, string] => [id, inLang(title, lang)]),
            ]}
          />
          <Choice
            form={form}
            at="checkedIn"
            pointer="/audience/checkedIn"
            label={t.checkedIn}
            options={[
              ['', t.anybody],
              ['yes', t.here],
              ['no', t.missing],
            ]}
          />
        </div>
        <div className="two">
          <Line form={form} at="subjectZh" pointer="/subject/zh" label={t.subjectZh} isEither />
          <Line form={form} at="subjectEn" pointer="/subject/en" label={t.subjectEn} isEither />
        </div>
        <Whole fault={form.fault('/subject')} />
        <Lines
          form={form}
          at="textZh"
          pointer="/text/zh"
          label={t.textZh}
          hint={t.textHint}
          rows={6}
          isEither
        />
        <Lines form={form} at="textEn" pointer="/text/en" label={t.textEn} rows={6} isEither />
        <Whole fault={form.fault('/text')} />
      </NewPanel>
      {savedAs === null ? null : <SendDialog announcement={savedAs} onClose={() => setSavedAs(null)} />}
    </>
  );
}

const tags = {
  draft: 'cancelled',
  approved: 'pending',
  sending: 'pending',
  sent: 'confirmed',
  stopped: 'declined',
} as const;

function AnnouncementRow({ announcement, stop }: { announcement: Announcement; stop: Stop }) {
  const { id, subject, status, sent, recipients, createdAt, version } = announcement;
  const [isOpen, setOpen] = useState(false);
  const title = inLang(subject, lang);
  return (
    <li>
      <span>
        <strong>{title}</strong> <span className={`tag tag-${tags[status]}`}>{t.states[status]}</span>
        <br />
        <span className="muted">
          {momentOf(createdAt, stop.timeZone, lang)}
          {recipients === null ? '' : ` · ${t.progress(sent, recipients)}`}
        </span>
      </span>
      {status === 'draft' ? (
        <Button look="plain" aria-label={t.checkLabel(title)} onPress={() => setOpen(true)}>
          {t.check}
        </Button>
      ) : null}
      {status === 'approved' || status === 'sending' ? (
        <AskFirst
          button={t.stop}
          label={`${t.stop} ${title}`}
          title={t.stopTitle}
          hint={t.stopHint}
          action={t.stop}
          run={(idempotencyKey) => call('POST', `/announcements/${id}/stop`, { version, idempotencyKey })}
          refresh={['announcements']}
        />
      ) : null}
      {isOpen ? <SendDialog announcement={announcement} onClose={() => setOpen(false)} /> : null}
    </li>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/announcements')({ component: Page });
