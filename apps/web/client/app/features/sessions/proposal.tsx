import { useQuery } from '@tanstack/react-query';
import type { Ref } from 'react';
import type { Session } from '#contracts/sessions';
import { inLang } from '../../../../shared/language.js';
import { useKeptText } from '../../form/use-kept-text.js';
import { Button, Problem } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SpeakerList } from './speaker-list.js';
import { t } from './session-words.js';
import { reviewsOf, useCompanyName } from './sessions.queries.js';

const scores = [1, 2, 3, 4, 5] as const;

interface Props {
  readonly session: Session;
  readonly position: string;
  /** The score that was given in this visit. */
  readonly mine: number | null;
  readonly error: unknown;
  readonly commentRef: Ref<HTMLTextAreaElement>;
  readonly onScore: (points: number) => void;
  readonly onAccept: () => void;
  readonly onReject: () => void;
  readonly onNext: () => void;
  readonly onPrevious: () => void;
}

/** The name of a comment that was not sent with a score yet. */
export const commentDraft = (sessionId: string): string => `comment ${sessionId}`;

/** One proposal with everything that a decision needs. */
export function Proposal(props: Props) {
  const { session, position, mine, error, commentRef } = props;
  const given = useQuery(reviewsOf(session.id)).data;
  const company = useCompanyName(session.companyId);
  const [comment, setComment] = useKeptText(commentDraft(session.id));
  const comments = given?.items.filter(({ comment }) => comment !== null && comment !== '') ?? [];
  return (
    <article className="panel review-proposal">
      <p className="muted">{position}</p>
      <h3>{inLang(session.title, lang)}</h3>
      <p className="muted">
        {[t.kinds[session.kind], t.minutes(session.durationMinutes), session.track, company]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <SpeakerList speakers={session.speakers} />
      <p className="abstract">{session.abstract === null ? t.noAbstract : inLang(session.abstract, lang)}</p>
      <div className="actions" role="group" aria-label={t.scoring}>
        {scores.map((points) => (
          <button
            key={points}
            type="button"
            className="button button-plain review-score"
            aria-label={t.score(points)}
            aria-pressed={mine === points}
            onClick={() => props.onScore(points)}
          >
            {points}
          </button>
        ))}
        <span className="muted" role="status">
          {[
            mine === null ? '' : t.mine(mine),
            given === undefined || given.averageScore === null
              ? t.noReviews
              : t.average(given.averageScore, given.items.length),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <label className="field">
        <span className="field-label">{t.comment}</span>
        <textarea
          className="field-input"
          rows={2}
          maxLength={2_000}
          ref={commentRef}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </label>
      {comments.length === 0 ? null : (
        <>
          <h4>{t.comments}</h4>
          <ul>
            {comments.map(({ keyId, score, comment }) => (
              <li key={keyId}>
                <strong>{score}</strong> {comment}
              </li>
            ))}
          </ul>
        </>
      )}
      <Problem error={error} />
      <p className="actions">
        <Button onPress={props.onAccept}>{t.accept}</Button>
        <Button look="danger" onPress={props.onReject}>
          {t.reject}
        </Button>
        <Button look="plain" onPress={props.onPrevious}>
          {t.previous}
        </Button>
        <Button look="plain" onPress={props.onNext}>
          {t.next}
        </Button>
      </p>
      <p className="muted">{t.keys}</p>
    </article>
  );
}
