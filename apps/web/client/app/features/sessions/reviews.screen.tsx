import './sessions.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { ApiProblem, call, newIdempotencyKey } from '../../api/call.js';
import { me, sessions as sessionsQuery } from '../../api/queries.js';
import { forget, keptName } from '../../form/kept.js';
import { useKeptText } from '../../form/use-kept-text.js';
import { useHeldDecision } from '../../ui/held-decision.js';
import { OfStop } from '../../ui/of-address.js';
import { Ask, Button, Field, Loaded, Problem } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { Proposal, commentDraft } from './proposal.js';
import { reviewKey } from './review-keys.js';
import {
  besideInQueue,
  queueOrders,
  reviewQueue,
  type QueueOrder,
  type ReviewCount,
} from './review-queue.js';
import { t } from './session-words.js';
import { useReviewCounts } from './sessions.queries.js';

const holdSeconds = 6;

interface Decision {
  readonly kind: 'accept' | 'reject';
  readonly session: Session;
  readonly reason: string;
}

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <Reviews stop={stop} />}</OfStop>}</SignedIn>
);

function Reviews({ stop }: { stop: Stop }) {
  const query = useQuery({ ...sessionsQuery(stop.id), refetchInterval: 30_000 });
  return (
    <StopScreen stop={stop} title={t.reviews}>
      <Loaded query={query}>{(all) => <Queue sessions={all} />}</Loaded>
    </StopScreen>
  );
}

/** One proposal after the other, all of it by keys: read, score, decide, go on. */
function Queue({ sessions }: { sessions: readonly Session[] }) {
  const [order, setOrder] = useState<QueueOrder>('oldest');
  const [openId, setOpenId] = useState<string | null>(null);
  const [isRejecting, setRejecting] = useState(false);
  const [mine, setMine] = useState<ReadonlyMap<string, number>>(new Map());
  const comment = useRef<HTMLTextAreaElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { held, hold, undo, decided, failure } = useDecisions();
  const open = sessions.filter(({ id }) => !decided.has(id) && held?.what.session.id !== id);
  const proposals = sessions.filter(({ status }) => status === 'proposed');
  const counts = useReviewCounts(proposals.map(({ id }) => id));
  const queue = reviewQueue(open, order, counts);
  const ring = reviewQueue(sessions, order, counts).map(({ id }) => id);
  const ids = queue.map(({ id }) => id);
  const current = queue.find(({ id }) => id === openId) ?? queue[0];
  const go = (by: 1 | -1): void => {
    setOpenId(besideInQueue(ring, ids, current?.id ?? null, by));
    heading.current?.focus();
  };
  const score = useScore((id, points) => setMine((now) => new Map(now).set(id, points)));
  const scoreCurrent = (points: number): void => {
    if (current !== undefined)
      score.mutate({ id: current.id, score: points, comment: comment.current?.value.trim() ?? '' });
  };
  const settle = (kind: Decision['kind'], reason: string): void => {
    if (current === undefined) return;
    setRejecting(false);
    setOpenId(
      besideInQueue(
        ring,
        ids.filter((id) => id !== current.id),
        current.id,
        1,
      ),
    );
    hold({ kind, session: current, reason });
    heading.current?.focus();
  };
  useReviewKeys(isRejecting, {
    score: scoreCurrent,
    accept: () => settle('accept', ''),
    reject: () => setRejecting(current !== undefined),
    next: () => go(1),
    previous: () => go(-1),
    comment: () => comment.current?.focus(),
    undo,
  });
  return (
    <>
      <div className="review-head">
        <h2 tabIndex={-1} ref={heading}>
          {t.queueTitle(queue.length)}
        </h2>
        {queue.length < 2 ? null : <OrderField order={order} onChange={setOrder} />}
      </div>
      {held === null ? null : (
        <p className="notice" role="status">
          {t.heldText(inLang(held.what.session.title, lang), t.held[held.what.kind])}{' '}
          <span className="muted" aria-hidden="true">
            {t.heldSoon(held.secondsLeft)}
          </span>{' '}
          <Button
            look="plain"
            onPress={() => {
              setOpenId(held.what.session.id);
              undo();
            }}
          >
            {t.undo}
          </Button>
        </p>
      )}
      {failure === null ? null : (
        <div role="alert" className="notice notice-bad">
          <p>{t.failed(inLang(failure.session.title, lang))}</p>
          <Problem error={failure.error} />
        </div>
      )}
      {current === undefined ? (
        <div className="empty">
          <strong>{t.nothing}</strong>
          <br />
          {t.nothingHint}
        </div>
      ) : (
        <div className="review-body">
          <Proposal
            key={current.id}
            session={current}
            position={t.position(ids.indexOf(current.id) + 1, ids.length)}
            mine={mine.get(current.id) ?? null}
            error={score.error}
            commentRef={comment}
            onScore={scoreCurrent}
            onAccept={() => settle('accept', '')}
            onReject={() => setRejecting(true)}
            onNext={() => go(1)}
            onPrevious={() => go(-1)}
          />
          <ProposalList queue={queue} current={current} counts={counts} mine={mine} onOpen={setOpenId} />
        </div>
      )}
      {isRejecting && current !== undefined ? (
        <RejectDialog
          session={current}
          onClose={() => setRejecting(false)}
          onReject={(reason) => settle('reject', reason)}
        />
      ) : null}
    </>
  );
}

/** Decisions are held for a moment, then sent; what was sent leaves the queue before the list says so. */
function useDecisions() {
  const client = useQueryClient();
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<{ session: Session; error: unknown } | null>(null);
  const decide = useMutation({
    mutationFn: ({ kind, session, reason }: Decision) =>
      call<Session>('POST', `/sessions/${session.id}/${kind}`, {
        body: reason === '' ? {} : { reason },
        version: session.version,
        idempotencyKey: newIdempotencyKey(),
      }),
    retry: (count, error) => count < 2 && error instanceof ApiProblem && isPassing(error),
    onMutate: ({ session }) => setDecided((now) => new Set(now).add(session.id)),
    onError: (error, { session }) => {
      setFailure({ session, error });
      setDecided((now) => new Set([...now].filter((id) => id !== session.id)));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
  const { held, hold, undo } = useHeldDecision<Decision>(holdSeconds, (decision) => decide.mutate(decision));
  const holdNext = (decision: Decision): void => {
    setFailure(null);
    hold(decision);
  };
  return { held, hold: holdNext, undo, decided, failure };
}

const isPassing = ({ status }: ApiProblem): boolean => status === 0 || status === 429 || status >= 500;

function useScore(onScored: (id: string, points: number) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, score, comment }: { id: string; score: number; comment: string }) =>
      call('PUT', `/sessions/${id}/review`, { body: { score, ...(comment === '' ? {} : { comment }) } }),
    onSuccess: (_, { id, score }) => {
      forget(keptName(client.getQueryData(me.queryKey), commentDraft(id)));
      onScored(id, score);
      return client.invalidateQueries({ queryKey: ['reviews', id] });
    },
  });
}

type KeyActions = Readonly<
  Record<'accept' | 'reject' | 'next' | 'previous' | 'comment' | 'undo', () => void>
> & { readonly score: (points: number) => void };

function useReviewKeys(isBlocked: boolean, actions: KeyActions): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const inText =
        event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (inText && event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
      const { key, isComposing, ctrlKey, metaKey, altKey } = event;
      const meant = isBlocked ? null : reviewKey({ key, isComposing, ctrlKey, metaKey, altKey, inText });
      if (meant === null) return;
      event.preventDefault();
      if (meant.kind === 'score') actions.score(meant.score);
      else actions[meant.kind]();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}

function OrderField({ order, onChange }: { order: QueueOrder; onChange: (order: QueueOrder) => void }) {
  return (
    <label className="review-order">
      <span>{t.order}</span>
      <select
        className="field-input"
        value={order}
        onChange={(event) => onChange(queueOrders.find((one) => one === event.target.value) ?? 'oldest')}
      >
        {queueOrders.map((one) => (
          <option key={one} value={one}>
            {t.orders[one]}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ListProps {
  readonly queue: readonly Session[];
  readonly current: Session;
  readonly counts: ReadonlyMap<string, ReviewCount>;
  readonly mine: ReadonlyMap<string, number>;
  readonly onOpen: (id: string) => void;
}

/** All that waits, with its scores: where one is, and what one has seen. */
function ProposalList({ queue, current, counts, mine, onOpen }: ListProps) {
  return (
    <nav aria-label={t.list} className="review-list">
      <h3>{t.list}</h3>
      <ol>
        {queue.map((one) => {
          const { average = null } = counts.get(one.id) ?? {};
          return (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one.id === current.id ? 'true' : undefined}
                onClick={() => onOpen(one.id)}
              >
                <span>{inLang(one.title, lang)}</span>
                <span className="muted">
                  {mine.has(one.id) ? '✓ ' : ''}
                  {average ?? '–'}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

interface RejectProps {
  readonly session: Session;
  readonly onClose: () => void;
  readonly onReject: (reason: string) => void;
}

function RejectDialog({ session, onClose, onReject }: RejectProps) {
  const [reason, setReason, forget] = useKeptText(`reject ${session.id}`);
  return (
    <Ask title={t.rejectTitle(inLang(session.title, lang))} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          forget();
          onReject(reason.trim());
        }}
      >
        <Field name="/reason" label={t.reasonField} value={reason} onChange={setReason} autoFocus />
        <p className="actions">
          <Button type="submit" look="danger">
            {t.reject}
          </Button>
          <Button look="plain" onPress={onClose}>
            {words.back}
          </Button>
        </p>
      </form>
    </Ask>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/reviews')({ component: Page });
