import { Choice, LanguageChoice, Line, Tick } from '../../form/fields.js';
import type { Form } from '../../form/use-form.js';
import { EventFields } from '../webhooks/event-fields.js';
import type { BotDraft } from './bot-draft.js';
import { t } from './words.js';

/** A new robot, or one that is changed: its kind stays, and what is never shown may be left empty. */
export function BotFields({ form, isNew }: { form: Form<BotDraft>; isNew: boolean }) {
  return (
    <>
      <div className="two">
        {isNew ? (
          <Choice form={form} at="kind" label={t.kind} isRequired options={Object.entries(t.kinds)} />
        ) : null}
        <LanguageChoice form={form} at="language" label={t.language} isRequired />
      </div>
      <Line
        form={form}
        at="url"
        type="url"
        label={t.url}
        hint={isNew ? t.urlHint : t.urlKept}
        isRequired={isNew}
      />
      <Line
        form={form}
        at="secret"
        type="password"
        autoComplete="new-password"
        label={t.secret}
        hint={isNew ? t.secretHint : t.secretKept}
      />
      {isNew ? null : <Tick form={form} at="isUnsigned" label={t.unsigned} />}
      <EventFields form={form} />
    </>
  );
}
