import type { PageRequest } from './page.js';
import type { Count, Stage } from './results.js';

interface FunnelProps {
  readonly unit: Stage['unit'];
  readonly funnel: readonly Stage[];
  readonly words: PageRequest['words'];
}

/** The stages of one unit: the funnel as a picture, and the same figures in a table. */
export function Funnel({ unit, funnel, words }: FunnelProps) {
  const t = words.results;
  const stages = funnel.filter((one) => one.unit === unit);
  const names: Readonly<Record<string, string>> = t.stages;
  return (
    <section aria-labelledby={unit}>
      <h2 id={unit}>{t.units[unit]}</h2>
      <div className="funnel">
        <FunnelPicture stages={stages} />
        <table>
          <thead>
            <tr>
              <th scope="col">{t.stage}</th>
              <th scope="col" className="number">
                {t.count}
              </th>
              <th scope="col" className="number">
                {t.outOf}
              </th>
              <th scope="col" className="share">
                {t.share}
              </th>
            </tr>
          </thead>
          <tbody>
            {stages.map(({ stage, numerator, denominator }) => (
              <tr key={stage}>
                <th scope="row">{names[stage] ?? stage}</th>
                <td className="number">{numerator}</td>
                <td className="number">{denominator}</td>
                <td className="share">
                  <Share of={numerator} outOf={denominator} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const width = 240;
const rowHeight = 26;
const barHeight = 20;
/** What a hidden count is drawn as: the most that it could be. */
const hidden = 4;

/** Bars around one middle, as wide as their counts; the table beside it says the same in figures. */
function FunnelPicture({ stages }: { stages: readonly Stage[] }) {
  const counts = stages.map(({ numerator }) => (typeof numerator === 'number' ? numerator : hidden));
  const most = Math.max(1, ...counts);
  const height = stages.length * rowHeight;
  return (
    <svg className="funnel-picture" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      {stages.map(({ stage, numerator }, at) => {
        const wide = ((counts[at] ?? 0) / most) * width;
        const isHidden = typeof numerator !== 'number';
        return (
          <g key={stage}>
            <rect
              className={isHidden ? 'funnel-hidden' : 'funnel-bar'}
              x={(width - wide) / 2}
              y={at * rowHeight + (rowHeight - barHeight) / 2}
              width={wide}
              height={barHeight}
            />
            <text className="funnel-count" x={width / 2} y={at * rowHeight + rowHeight / 2 + 4}>
              {numerator}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** A bar and its per cent, where both counts are public. */
function Share({ of, outOf }: { of: Count; outOf: Count }) {
  if (typeof of !== 'number' || typeof outOf !== 'number' || outOf === 0) return <>–</>;
  return (
    <span className="seats">
      <meter min={0} max={outOf} value={of} aria-hidden="true" />
      <span>{Math.round((of / outOf) * 100)} %</span>
    </span>
  );
}
