import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import { FormEnd } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { AskFirst, useAct } from '../../ui/act.js';
import { Folded } from '../../ui/folded.js';
import { Facts } from '../../ui/table.js';
import { ownMoment } from '../../ui/time.js';
import { Button, Problem } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { EventsInWords, checkEvents } from '../webhooks/event-fields.js';
import { TestWords } from '../webhooks/trial.js';
import type { TestResult } from '../webhooks/webhooks.queries.js';
import { botDraftOf, botPatch, botSecrets } from './bot-draft.js';
import { BotFields } from './bot-fields.js';
import type { Bot } from './bots.queries.js';
import { t } from './words.js';

/** One robot: what its group gets, and what may be done with it. */
export function BotPanel({ bot }: { bot: Bot }) {
  const { id, kind, url, types, stopIds, language, state, createdAt, version } = bot;
  const test = useAct({
    run: (_: void, idempotencyKey) => call<TestResult>('POST', `/bots/${id}/test`, { idempotencyKey }),
    refresh: ['bots'],
  });
  return (
    <section className="panel" aria-label={`${t.kinds[kind]} ${url}`}>
      <h2>
        {t.kinds[kind]}{' '}
        <span className={`tag tag-${state === 'active' ? 'confirmed' : 'declined'}`}>{t.states[state]}</span>
      </h2>
      {state === 'active' ? null : <p className="notice notice-bad">{t.disabledHint}</p>}
      <Facts
        facts={[
          [
            t.url,
            <code className="address" key="url">
              {url}
            </code>,
          ],
          [t.language, language === 'zh' ? '中文' : 'English'],
          [t.made, ownMoment(createdAt)],
        ]}
      />
      <EventsInWords types={types} stopIds={stopIds} />
      <p className="actions">
        <Button look="plain" isDisabled={test.isBusy} onPress={() => test.act()}>
          {t.test}
        </Button>
        <AskFirst
          button={words.remove}
          title={t.removeTitle}
          hint={t.removeHint}
          action={words.remove}
          run={() => call('DELETE', `/bots/${id}`, { version })}
          refresh={['bots']}
        />
      </p>
      <Problem error={test.error} />
      {test.data === undefined ? null : <TestWords result={test.data} />}
      <Folded summary={t.edit}>{(close) => <Edit bot={bot} onChanged={close} />}</Folded>
    </section>
  );
}

function Edit({ bot, onChanged }: { bot: Bot; onChanged: () => void }) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['bots'] });
  const form = useForm({
    name: `robot ${bot.id}`,
    empty: botDraftOf(bot),
    secrets: botSecrets,
    send: (draft) =>
      call<Bot>('PATCH', `/bots/${bot.id}`, { body: botPatch(bot, draft), version: bot.version }),
    check: checkEvents,
    onDone: async () => {
      await refresh();
      onChanged();
    },
    onStale: refresh,
  });
  const isSame = Object.keys(botPatch(bot, form.values)).length === 0;
  return (
    <form className="stack form" onSubmit={form.submit} noValidate>
      <BotFields form={form} isNew={false} />
      <FormEnd form={form} label={words.save} isDisabled={isSame} />
    </form>
  );
}
