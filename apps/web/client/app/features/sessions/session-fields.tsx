import { Choice, Labelled, Line, Lines } from '../../form/fields.js';
import type { Form } from '../../form/use-form.js';
import { Button } from '../../ui/ui.js';
import { emptySpeaker, type SessionDraft, type SpeakerDraft } from './session-draft.js';
import { t } from './session-words.js';

const kinds = ['sharing', 'keynote', 'panel', 'award', 'workshop'] as const;
const languages = ['', 'zh', 'en'] as const;

/** What a session consists of. */
export function SessionFields({ form }: { form: Form<SessionDraft> }) {
  const { speakers } = form.values;
  const set = (some: readonly SpeakerDraft[]): void => form.set({ speakers: some });
  return (
    <>
      <Line form={form} at="titleZh" pointer="/title" label={t.titleZh} hint={t.titleHint} isEither />
      <Line form={form} at="titleEn" pointer="/title/en" label={t.titleEn} isEither />
      <Choice
        form={form}
        at="kind"
        label={t.kind}
        isRequired
        options={kinds.map((kind) => [kind, t.kinds[kind]])}
      />
      <Line
        form={form}
        at="minutes"
        pointer="/durationMinutes"
        label={t.minutesField}
        isRequired
        type="number"
      />
      <Line form={form} at="track" label={t.track} />
      <Choice
        form={form}
        at="language"
        label={t.language}
        options={languages.map((one) => [one, t.languages[one]])}
      />
      <Lines form={form} at="abstractZh" pointer="/abstract" label={t.abstractZh} rows={4} />
      <Lines form={form} at="abstractEn" pointer="/abstract/en" label={t.abstractEn} rows={4} />
      {speakers.map((speaker, at) => (
        <SpeakerFields
          // Speakers have no name of their own while they are typed.
          key={at}
          form={form}
          at={at}
          speaker={speaker}
          isOnly={speakers.length === 1}
          onChange={(changed) =>
            set(speakers.map((one, index) => (index === at ? { ...one, ...changed } : one)))
          }
          onRemove={() => set(speakers.filter((_, index) => index !== at))}
        />
      ))}
      <p>
        <Button look="plain" onPress={() => set([...speakers, emptySpeaker])}>
          {t.addSpeaker}
        </Button>
      </p>
    </>
  );
}

interface SpeakerProps {
  readonly form: Form<SessionDraft>;
  readonly at: number;
  readonly speaker: SpeakerDraft;
  readonly isOnly: boolean;
  readonly onChange: (changed: Partial<SpeakerDraft>) => void;
  readonly onRemove: () => void;
}

function SpeakerFields({ form, at, speaker, isOnly, onChange, onRemove }: SpeakerProps) {
  const line = (name: 'name' | 'email' | 'organization' | 'jobTitle', isRequired: boolean) => {
    const pointer = `/speakers/${at}/${name}`;
    return (
      <Labelled label={t[name]} fault={form.fault(pointer)} isRequired={isRequired}>
        {(described) => (
          <input
            {...described}
            className="field-input"
            name={pointer}
            type={name === 'email' ? 'email' : 'text'}
            autoComplete="off"
            value={speaker[name]}
            onChange={(event) => onChange({ [name]: event.target.value })}
          />
        )}
      </Labelled>
    );
  };
  return (
    <fieldset className="speaker-fields">
      <legend className="field-label">{t.speaker(at + 1)}</legend>
      {line('name', true)}
      {line('email', true)}
      {line('organization', false)}
      {line('jobTitle', false)}
      <label className="tick">
        <input
          type="checkbox"
          checked={speaker.mayOverlap}
          onChange={(event) => onChange({ mayOverlap: event.target.checked })}
        />
        <span>{t.mayOverlap}</span>
      </label>
      {isOnly ? null : (
        <p>
          <Button look="link" onPress={onRemove}>
            {t.removeSpeaker(at + 1)}
          </Button>
        </p>
      )}
    </fieldset>
  );
}
