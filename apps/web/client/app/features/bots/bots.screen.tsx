import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { call } from '../../api/call.js';
import { NewPanel } from '../../form/new-panel.js';
import { useForm } from '../../form/use-form.js';
import { Screen } from '../../ui/screen.js';
import { Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { checkEvents } from '../webhooks/event-fields.js';
import { botBody, botSecrets, emptyBot } from './bot-draft.js';
import { BotFields } from './bot-fields.js';
import { BotPanel } from './bot-panel.js';
import { bots } from './bots.queries.js';
import { t } from './words.js';

const Page = () => <SignedIn role="organizer">{() => <Bots />}</SignedIn>;

function Bots() {
  const query = useQuery(bots);
  return (
    <Screen title={t.title} lead={t.lead}>
      <Make />
      <Loaded query={query}>
        {(rows) => (
          <>
            {rows.length === 0 ? <p className="empty">{t.none}</p> : null}
            {rows.map((bot) => (
              <BotPanel key={bot.id} bot={bot} />
            ))}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function Make() {
  const client = useQueryClient();
  const form = useForm({
    name: 'new robot',
    empty: emptyBot(lang),
    secrets: botSecrets,
    send: (draft, idempotencyKey) => call('POST', '/bots', { body: botBody(draft), idempotencyKey }),
    check: checkEvents,
    onDone: () => {
      form.reset();
      return client.invalidateQueries({ queryKey: ['bots'] });
    },
  });
  return (
    <NewPanel form={form} title={t.make} action={t.make} isDisabled={form.values.url.trim() === ''}>
      <BotFields form={form} isNew />
    </NewPanel>
  );
}

export const route = createLazyRoute('/console/bots')({ component: Page });
