import { memo, type CSSProperties } from 'react';
import type { Session } from '#contracts/sessions';
import { t } from './planner-words.js';

interface CardProps {
  readonly session: Session;
  readonly title: string;
  readonly times: string;
  readonly speakers: string;
  /** What its place in the grid shows to the eye alone. */
  readonly where: string;
  /** Everything at once, for what is too long to be shown. */
  readonly label: string;
  readonly isReachable: boolean;
  readonly isPending: boolean;
  readonly isNews: boolean;
  readonly isLifted: boolean;
  readonly isEnded: boolean;
  readonly column: number;
  readonly top: number;
  readonly height: number;
}

/** Below this height there is one line of text. */
const oneLinePx = 52;

/** A session at its place in the grid. The grid is drawn anew with each step of a lift, and this is not. */
export const SessionCard = memo(function SessionCard(props: CardProps) {
  const { session, title, times, speakers, column, top, height } = props;
  const place: CSSProperties = { gridColumn: column, top, height };
  const marks = [
    'plan-card',
    height < oneLinePx ? 'plan-card-short' : '',
    props.isPending ? 'plan-card-pending' : '',
    props.isNews ? 'plan-card-news' : '',
    props.isLifted ? 'plan-card-lifted' : '',
    props.isEnded ? 'plan-card-ended' : '',
  ];
  return (
    <div role="listitem" className="plan-item" style={place}>
      <button
        type="button"
        className={marks.filter(Boolean).join(' ')}
        data-session={session.id}
        tabIndex={props.isReachable ? 0 : -1}
        title={props.label}
      >
        <strong>{title}</strong>
        <span className="hidden-visually">{props.where}</span>
        <span className="plan-card-times">
          {times}
          {props.isEnded ? ` · ${t.ended}` : ''}
        </span>
        <span className="plan-card-speakers">{speakers}</span>
        {props.isNews ? <span className="plan-card-mark">{t.colleague}</span> : null}
      </button>
    </div>
  );
});
