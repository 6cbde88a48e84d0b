import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/call.js';
import type { Page as PageOf } from '../../api/queries.js';
import { Choice, FormEnd, LanguageChoice, Line } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { Screen } from '../../ui/screen.js';
import { Loaded } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { settingsBody, settingsDraftOf, type NotificationSettings } from './mail-settings.js';
import { TemplateForm, type MailTemplate } from './template-form.js';
import { t } from './words.js';

const settings = queryOptions({
  queryKey: ['notification-settings'],
  queryFn: () => call<NotificationSettings>('GET', '/notification-settings'),
});
const templates = queryOptions({
  queryKey: ['mail-templates'],
  queryFn: async () => (await call<PageOf<MailTemplate>>('GET', '/mail/templates')).items,
});

const Page = () => <SignedIn role="organizer">{() => <MailSettings />}</SignedIn>;

function MailSettings() {
  const current = useQuery(settings);
  const texts = useQuery(templates);
  return (
    <Screen title={t.templates}>
      <h2>{t.settings}</h2>
      <Loaded query={current}>{(known) => <Settings known={known} />}</Loaded>
      <h2>{t.texts}</h2>
      <p className="muted lead">{t.textsLead}</p>
      <Loaded query={texts}>
        {(rows) => (
          <>
            {rows.map((template) => (
              <Template key={`${template.kind} ${template.language}`} template={template} />
            ))}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function Settings({ known }: { known: NotificationSettings }) {
  const client = useQueryClient();
  const [isSaved, setSaved] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: ['notification-settings'] });
  const form = useForm({
    name: 'mail settings',
    empty: settingsDraftOf(known),
    send: (draft) =>
      call('PATCH', '/notification-settings', { body: settingsBody(draft), version: known.version }),
    onDone: () => {
      setSaved(true);
      return refresh();
    },
    onStale: refresh,
  });
  return (
    <form className="stack form" onSubmit={form.submit} noValidate>
      <div className="two">
        <Line form={form} at="replyTo" type="email" label={t.replyTo} hint={t.replyToHint} />
        <LanguageChoice form={form} at="defaultLanguage" label={t.defaultLanguage} isRequired none={t.both} />
        <Choice
          form={form}
          at="calendarMode"
          label={t.calendar}
          isRequired
          options={Object.entries(t.calendars)}
        />
        <Line form={form} at="reminders" label={t.reminders} hint={t.remindersHint} />
        <Line
          form={form}
          at="quietFrom"
          pointer="/quietHours/from"
          type="time"
          label={t.quietFrom}
          hint={t.quietHint}
        />
        <Line form={form} at="quietTo" pointer="/quietHours/to" type="time" label={t.quietTo} />
      </div>
      {isSaved && form.error === null ? (
        <p className="notice notice-good" role="status">
          {words.saved}
        </p>
      ) : null}
      <FormEnd form={form} label={t.save} />
    </form>
  );
}

/** A mail's text is made only once somebody opens it: there are half a hundred of them. */
function Template({ template }: { template: MailTemplate }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="panel" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>
          {t.kinds[template.kind] ?? template.kind} · {t.languages[template.language]}{' '}
          <span className="tag">{template.isDefault ? t.isDefault : t.isOwn}</span>
        </span>
      </summary>
      {isOpen ? <TemplateForm template={template} /> : null}
    </details>
  );
}

export const route = createLazyRoute('/console/mail')({ component: Page });
