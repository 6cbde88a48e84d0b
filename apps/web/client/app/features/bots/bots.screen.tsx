import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { call } from '../../api/call.js';
import { all } from '../../api/queries.js';
import { Choice, FormEnd, Line } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { AskFirst, useAct } from '../../ui/act.js';
import { Screen } from '../../ui/screen.js';
import { Button, Loaded, Problem } from '../../ui/ui.js';
import { lang, words, wordsOf } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { EventFields, checkEvents, eventBody } from '../webhooks/event-fields.js';
import { TestWords } from '../webhooks/webhook-panel.js';
import type { TestResult } from '../webhooks/webhooks.queries.js';
import { t as events } from '../webhooks/words.js';

const t = wordsOf({
  zh: {
    title: '群机器人',
    lead: '把同样的事件发到企业微信、钉钉或飞书的群里。消息太多时合并成一条摘要。',
    make: '添加机器人',
    kind: '种类',
    kinds: { wecom: '企业微信', dingtalk: '钉钉', feishu: '飞书' },
    url: 'Webhook 地址',
    urlHint: '在群里添加机器人后复制。',
    secret: '加签密钥',
    secretHint: '只有开启了“加签”或“签名校验”才需要。',
    language: '消息的语言',
    none: '还没有机器人。',
    states: { active: '启用', disabled: '已停用' },
    test: '发送测试',
    removeTitle: '删除这个机器人？',
    removeHint: '群里不再收到消息。',
  },
  en: {
    title: 'Chat robots',
    lead: 'The same events as messages in a group of WeCom, DingTalk or Feishu. Too many become one digest.',
    make: 'Add a robot',
    kind: 'Kind',
    kinds: { wecom: 'WeCom', dingtalk: 'DingTalk', feishu: 'Feishu' },
    url: 'Webhook address',
    urlHint: 'Copied after adding a robot to the group.',
    secret: 'Signing secret',
    secretHint: 'Only where the robot asks for signatures.',
    language: 'Language of the messages',
    none: 'No robots yet.',
    states: { active: 'active', disabled: 'disabled' },
    test: 'Send a test',
    removeTitle: 'Delete this robot?',
    removeHint: 'The group gets no messages any more.',
  },
});

interface Bot {
  readonly id: string;
  readonly kind: 'wecom' | 'dingtalk' | 'feishu';
  readonly url: string;
  readonly types: readonly string[];
  readonly state: 'active' | 'disabled';
  readonly version: number;
}

const bots = queryOptions({ queryKey: ['bots'], queryFn: () => all<Bot>('/bots') });

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
    empty: {
      kind: 'wecom',
      url: '',
      secret: '',
      language: lang as string,
      types: ['registration.*'] as readonly string[],
      stopIds: [] as readonly string[],
    },
    send: (values, idempotencyKey) =>
      call('POST', '/bots', {
        body: {
          kind: values.kind,
          url: values.url.trim(),
          language: values.language,
          ...eventBody(values),
          ...(values.secret.trim() === '' ? {} : { secret: values.secret.trim() }),
        },
        idempotencyKey,
      }),
    check: checkEvents,
    onDone: () => {
      form.reset();
      return client.invalidateQueries({ queryKey: ['bots'] });
    },
  });
  return (
    <details className="panel" open={form.isRestored ? true : undefined}>
      <summary>{t.make}</summary>
      <form className="stack form" onSubmit={form.submit} noValidate>
        <div className="two">
          <Choice
            form={form}
            at="kind"
            pointer="/kind"
            label={t.kind}
            isRequired
            options={Object.entries(t.kinds)}
          />
          <Choice
            form={form}
            at="language"
            pointer="/language"
            label={t.language}
            isRequired
            options={[
              ['zh', '中文'],
              ['en', 'English'],
            ]}
          />
        </div>
        <Line form={form} at="url" pointer="/url" type="url" label={t.url} hint={t.urlHint} isRequired />
        <Line
          form={form}
          at="secret"
          pointer="/secret"
          type="password"
          label={t.secret}
          hint={t.secretHint}
        />
        <EventFields form={form} />
        <FormEnd form={form} label={t.make} isDisabled={form.values.url.trim() === ''} />
      </form>
    </details>
  );
}

function BotPanel({ bot: { id, kind, url, types, state, version } }: { bot: Bot }) {
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
      <p className="muted">{url}</p>
      <p>{types.map((type) => events.groups[type] ?? type).join(' · ')}</p>
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
    </section>
  );
}

export const route = createLazyRoute('/console/bots')({ component: Page });
