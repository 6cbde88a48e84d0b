import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Case, CaseReview } from '#contracts/ledger';
import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { me } from '../../api/queries.js';
import { Labelled } from '../../form/fields.js';
import { Sure } from '../../ui/act.js';
import { Button, Field } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { caseReviews } from './ledger.queries.js';
import { t } from './ledger-words.js';

/** What reviewers said of a case; each has one review, which it may change until the case is selected. */
export function Reviews({ of }: { of: Case }) {
  const query = useQuery(caseReviews(of.id));
  const person = useQuery(me);
  const [isOpen, setOpen] = useState(false);
  const ownId = person.data?.user?.id ?? person.data?.keyId;
  const items = query.data?.items ?? [];
  const scores = items.filter(({ score }) => score !== null).length;
  const average = query.data?.averageScore ?? null;
  const own = items.find(({ reviewerId }) => reviewerId === ownId);
  const name = inLang(of.title, lang);
  return (
    <>
      <p>{t.reviewed(average === null ? null : average.toFixed(1), scores, items.length - scores)}</p>
      {items.length === 0 ? null : (
        <details>
          <summary>{t.reviews}</summary>
          <ul>
            {items.map((review) => (
              <li key={review.reviewerId}>
                {review.score === null ? t.withdrew : t.points(review.score)}
                {review.reviewerId === ownId ? t.mine : ''}
                {review.comment === null ? '' : ` · ${review.comment}`}
              </li>
            ))}
          </ul>
        </details>
      )}
      {of.state === 'nominated' ? (
        <Button look="plain" aria-label={`${t.review} ${name}`} onPress={() => setOpen(true)}>
          {t.review}
        </Button>
      ) : null}
      {isOpen ? <Review of={of} own={own} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

interface ReviewProps {
  readonly of: Case;
  readonly own: CaseReview | undefined;
  readonly onClose: () => void;
}

function Review({ of, own, onClose }: ReviewProps) {
  const [score, setScore] = useState(own === undefined ? '3' : String(own.score ?? 'conflict'));
  const [comment, setComment] = useState(own?.comment ?? '');
  const body = {
    ...(score === 'conflict' ? { conflictOfInterest: true } : { score: Number(score) }),
    comment: comment.trim() === '' ? null : comment.trim(),
  };
  return (
    <Sure
      title={t.reviewTitle(inLang(of.title, lang))}
      action={t.save}
      look="main"
      run={() => call('PUT', `/cases/${of.id}/review`, { body })}
      refresh={['case-reviews']}
      onClose={onClose}
    >
      <Labelled label={t.score} isRequired>
        {(described) => (
          <select
            {...described}
            className="field-input"
            value={score}
            onChange={(event) => setScore(event.target.value)}
          >
            {Object.entries(t.scores).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Field name="/comment" label={t.comment} value={comment} onChange={setComment} />
    </Sure>
  );
}
