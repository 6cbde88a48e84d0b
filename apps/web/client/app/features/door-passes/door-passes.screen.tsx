import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Stop } from '#contracts/stops';
import { stopTitle } from '../../../../shared/stop-title.js';
import { momentOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { all } from '../../api/queries.js';
import { FormEnd, Line } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { AskFirst } from '../../ui/act.js';
import { Qr } from '../../ui/qr.js';
import { OfStop } from '../../ui/screen.js';
import { Button, Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { t } from './words.js';

interface DoorPass {
  readonly id: string;
  readonly label: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt: string | null;
}
type NewPass = DoorPass & { readonly url: string };

const doorPasses = (stopId: string) =>
  queryOptions({
    queryKey: ['door-passes', stopId],
    queryFn: () => all<DoorPass>(`/stops/${stopId}/door-passes`),
    refetchInterval: 10_000,
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
      {isOver ? <p className="notice">{t.notNow}</p> : <Make stop={stop} onMade={setMade} />}
      {made === null ? null : <Shown stop={stop} pass={made} />}
      <div className="no-print">
        <Loaded query={query}>
          {(passes) => (
            <>
              {passes.length === 0 ? <p className="empty">{t.none}</p> : null}
              <ul className="rows">
                {passes.map((pass) => (
                  <PassRow key={pass.id} stop={stop} pass={pass} />
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
      <Line form={form} at="label" pointer="/label" label={t.label} hint={t.labelHint} isRequired />
      <FormEnd form={form} label={t.make} isDisabled={form.values.label.trim() === ''} />
    </form>
  );
}

/** Large enough to be scanned from the screen, and alone on the paper when it is printed. */
function Shown({ stop, pass }: { stop: Stop; pass: NewPass }) {
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
        <Button look="plain" onPress={() => void navigator.clipboard?.writeText(pass.url)}>
          {t.copy}
        </Button>
      </p>
    </section>
  );
}

function PassRow({ stop, pass }: { stop: Stop; pass: DoorPass }) {
  const { id, label, usedAt, expiresAt } = pass;
  return (
    <li>
      <span>
        <strong>{label}</strong>
        <br />
        <span className="muted">
          {usedAt === null ? t.unused : t.used(momentOf(usedAt, stop.timeZone, lang))} ·{' '}
          {t.until(momentOf(expiresAt, stop.timeZone, lang))}
        </span>
      </span>
      <AskFirst
        button={t.end}
        label={t.endLabel(label)}
        title={t.endTitle(label)}
        hint={t.endHint}
        action={t.end}
        run={() => call('DELETE', `/stops/${stop.id}/door-passes/${id}`)}
        refresh={['door-passes']}
      />
    </li>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/door')({ component: Page });
