import type { Stop } from '#contracts/stops';
import { inLang, pathIn } from '../../../../shared/language.js';
import { timeRange } from '../../../../shared/time.js';
import { Ask, Button } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { problemWords } from '../../words/problems.js';
import { placeOf } from './place.js';
import { t } from './planner-words.js';
import type { TextOf } from './text-of.js';
import type { PlanActions } from './use-plan-actions.js';
import type { Plan } from './use-plan.js';

interface Props {
  readonly stop: Stop;
  readonly plan: Plan;
  readonly text: TextOf;
  readonly actions: PlanActions;
  /** Brings a session into view. */
  readonly onShow: (sessionId: string) => void;
}

/** What organizers have to know or decide about their moves and their colleagues'. */
export function Notices(props: Props) {
  const { stop } = props;
  return (
    <div className="plan-notices">
      {stop.status === 'cancelled' || stop.status === 'completed' ? (
        <p className="notice">{t.readOnly[stop.status]}</p>
      ) : null}
      <Trouble {...props} />
      <Denied {...props} />
      <Refused {...props} />
      <Colleagues {...props} />
      <Question {...props} />
    </div>
  );
}

function Trouble({ plan }: Props) {
  const { trouble, moves } = plan.state;
  if (trouble === null || moves.pending.length === 0) return null;
  const isSignedOut = trouble.status === 401;
  const next = encodeURIComponent(location.pathname + location.search);
  return (
    <div className="notice notice-bad" role="alert">
      <p>
        {isSignedOut ? t.signInAgain : `${t.unsaved(moves.pending.length)} ${problemWords(trouble, lang)}`}
      </p>
      <p className="actions">
        {isSignedOut ? (
          <a className="button button-main" href={`${pathIn(lang, '/sign-in')}?next=${next}`}>
            {t.signIn}
          </a>
        ) : (
          <Button onPress={() => plan.store.resume()}>{t.tryNow}</Button>
        )}
        <Button look="danger" onPress={() => plan.store.giveUp()}>
          {t.giveUp}
        </Button>
      </p>
    </div>
  );
}

/** A place that the screen knew to be taken. */
function Denied({ text, actions }: Props) {
  const { denial } = actions;
  if (denial === null) return null;
  const { session, why, swapWith } = denial;
  return (
    <div className="notice notice-bad" role="alert">
      <p>
        {text.title(session)}: {t.cannotDrop(text.state(why))}
      </p>
      <p className="actions">
        {swapWith === null ? null : (
          <Button look="plain" onPress={() => actions.swap(session, swapWith)}>
            {t.swapOffer(text.title(swapWith))}
          </Button>
        )}
        <Button look="plain" onPress={actions.dismiss}>
          {t.dismiss}
        </Button>
      </p>
    </div>
  );
}

/** What the service did not allow: why, and which sessions are in the way. */
function Refused({ stop, plan, text, actions, onShow }: Props) {
  const { refusal } = plan.state;
  if (refusal === null) return null;
  const { move, problem } = refusal;
  const session = plan.sessions.find(({ id }) => id === move.sessionId);
  const title = session === undefined ? '' : text.title(session);
  const say = move.kind === 'swap' ? t.refusedSwap : t.refused;
  const known = new Set(plan.sessions.map(({ id }) => id));
  return (
    <div className="notice notice-bad" role="alert">
      <p>{say(title, problemWords(problem, lang))}</p>
      {problem.conflicts.length === 0 ? null : (
        <div>
          {t.inTheWay}
          <ul>
            {problem.conflicts.map((one) => {
              const label = `${inLang(one.title, lang)} ${timeRange(one.startsAt, one.endsAt, stop.timeZone)}`;
              return (
                <li key={one.sessionId}>
                  {known.has(one.sessionId) ? (
                    <Button look="link" onPress={() => onShow(one.sessionId)}>
                      {label}
                    </Button>
                  ) : (
                    label
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
      <p className="actions">
        <Button look="plain" onPress={actions.dismiss}>
          {t.dismiss}
        </Button>
      </p>
    </div>
  );
}

function Colleagues({ plan, text }: Props) {
  return (
    <div role="status" className={plan.news.length === 0 ? undefined : 'notice'}>
      {plan.news.map((one) => {
        const place = placeOf(one);
        return (
          <p key={one.id}>
            {place === null
              ? t.colleagueUnplaced(text.title(one))
              : t.colleagueMoved(text.title(one), text.place(place, one.durationMinutes))}
          </p>
        );
      })}
    </div>
  );
}

/** The service has a newer version than the one that a move was decided upon. */
function Question({ plan, text }: Props) {
  const { question } = plan.state;
  if (question === null) return null;
  const { session, pending } = question;
  const place = (at: typeof pending.move.to): string => text.place(at, session.durationMinutes);
  return (
    <Ask title={t.askTitle(text.title(session))} isOpen onClose={() => plan.store.answer('theirs')}>
      <p>{t.askText(place(placeOf(session)), place(pending.move.to))}</p>
      <p className="actions">
        <Button onPress={() => plan.store.answer('mine')}>{t.insist}</Button>
        <Button look="plain" onPress={() => plan.store.answer('theirs')}>
          {t.keepTheirs}
        </Button>
      </p>
    </Ask>
  );
}
