import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Stop } from '#contracts/stops';
import { pathIn } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { momentOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { all } from '../../api/queries.js';
import { FormEnd, Line } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { AskFirst } from '../../ui/act.js';
import { Qr } from '../../ui/qr.js';
import { OfStop } from '../../ui/of-address.js';
import { Button, Loaded } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { inOrderOfState, passState, type DoorPass, type PassState } from './door-pass.js';
import { t } from './words.js';

type NewPass = DoorPass & { readonly url: string };

/** So soon it shows that a phone has scanned its pass. */
const refreshMs = 3_000;

const doorPasses = (stopId: string) =>
  queryOptions({
    queryKey: ['door-passes', stopId],
    queryFn: () => all<DoorPass>(`/stops/${stopId}/door-passes`),
    refetchInterval: refreshMs,
  });

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <DoorPasses stop={stop} />}</OfStop>}</SignedIn>
);

function DoorPasses({ stop }: { stop: Stop }) {
  const query = useQuery(doorPasses(stop.id));
  const [made, setMade] = useState<NewPass | null>(null);
  const isOver = stop.status === 'cancelled' || Date.now() > Date.parse(stop.endsAt);
  return (
    <StopScreen stop={stop} title={t.title}>
      <p className="muted lead no-print">{t.lead}</p>
      {stop.status === 'published' || stop.status === 'completed' ? (
        <p className="actions no-print">
          <a className="button button-plain" href={pathIn(lang, `/door/${stop.id}`)}>
            {t.open}
          </a>
          <span className="muted">{t.openHint}</span>
        </p>
      ) : (
        <p className="notice no-print">{t.notYet}</p>
      )}
      {isOver ? <p className="notice">{t.notNow}</p> : <Make stop={stop} onMade={setMade} />}
      {made === null ? null : (
        <Shown stop={stop} pass={made} now={query.data?.find(({ id }) => id === made.id)} />
      )}
      <div className="no-print">
        <Loaded query={query}>
          {(passes) => (
            <>
              {passes.length === 0 ? <p className="empty">{t.none}</p> : null}
              <ul className="rows">
                {inOrderOfState(passes, Date.now()).map(({ pass, state }) => (
                  <PassRow
                    key={pass.id}
                    stop={stop}
                    pass={pass}
                    state={state}
                    onEnd={() => setMade((shown) => (shown?.id === pass.id ? null : shown))}
                  />
                ))}
              </ul>
            </>
          )}
        </Loaded>
      </div>
    </StopScreen>
  );
}

function Make({ stop, onMade }: { stop: Stop; onMade: (pass: NewPass) => void }) {
  const client = useQueryClient();
  const form = useForm({
    name: `door pass ${stop.id}`,
    empty: { label: '' },
    send: ({ label }, idempotencyKey) =>
      call<NewPass>('POST', `/stops/${stop.id}/door-passes`, {
        body: { label: label.trim() },
        idempotencyKey,
      }),
    onDone: (pass) => {
      onMade(pass);
      form.reset();
      return client.invalidateQueries({ queryKey: ['door-passes'] });
    },
  });
  return (
    <form className="stack form no-print" onSubmit={form.submit} noValidate>
      <Line form={form} at="label" label={t.label} hint={t.labelHint} isRequired />
      <FormEnd form={form} label={t.make} isDisabled={form.values.label.trim() === ''} />
    </form>
  );
}

interface ShownProps {
  readonly stop: Stop;
  readonly pass: NewPass;
  /** As the list has it by now. */
  readonly now: DoorPass | undefined;
}

/** Large enough to be scanned from the screen, and alone on the paper when it is printed; gone once it was scanned. */
function Shown({ stop, pass, now }: ShownProps) {
  if (now !== undefined && passState(now, Date.now()) === 'alive')
    return (
      <p className="notice notice-good" role="status">
        {t.joined(pass.label)}
      </p>
    );
  return (
    <section className="panel centre" aria-labelledby="pass">
      <h2 id="pass">{pass.label}</h2>
      <p>
        {stopTitle(stop, lang).text} · {t.show}
      </p>
      <Qr value={pass.url} label={t.show} />
      <p className="muted">
        {t.once} {t.until(momentOf(pass.expiresAt, stop.timeZone, lang))}
      </p>
      <p className="actions centre no-print">
        <Button look="plain" onPress={() => window.print()}>
          {t.print}
        </Button>
        <Copy url={pass.url} />
      </p>
    </section>
  );
}

function Copy({ url }: { url: string }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <Button look="plain" onPress={() => void navigator.clipboard?.writeText(url).then(() => setCopied(true))}>
      {isCopied ? words.signUp.copied : t.copy}
    </Button>
  );
}

const tags: Readonly<Record<PassState, string>> = {
  alive: 'confirmed',
  waiting: 'pending',
  expired: 'cancelled',
};

interface RowProps {
  readonly stop: Stop;
  readonly pass: DoorPass;
  readonly state: PassState;
  readonly onEnd: () => void;
}

function PassRow({ stop, pass, state, onEnd }: RowProps) {
  const { id, label, usedAt, expiresAt } = pass;
  return (
    <li>
      <span>
        <strong>{label}</strong> <span className={`tag tag-${tags[state]}`}>{t.states[state]}</span>
        <br />
        <span className="muted">
          {usedAt === null ? null : <>{t.used(momentOf(usedAt, stop.timeZone, lang))} · </>}
          {t.until(momentOf(expiresAt, stop.timeZone, lang))}
        </span>
      </span>
      <AskFirst
        button={t.end}
        label={t.endLabel(label)}
        title={t.endTitle(label)}
        hint={state === 'alive' ? t.endHint : t.endUnusedHint}
        action={t.end}
        run={() => call('DELETE', `/stops/${stop.id}/door-passes/${id}`)}
        refresh={['door-passes']}
        onDone={onEnd}
      />
    </li>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/door')({ component: Page });
