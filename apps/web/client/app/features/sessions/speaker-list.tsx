import type { Speaker } from '#contracts/sessions';

/** Who speaks, for whom, and how they are reached. */
export function SpeakerList({ speakers }: { speakers: readonly Speaker[] }) {
  return (
    <ul className="speakers">
      {speakers.map(({ name, organization, jobTitle, email }) => (
        <li key={`${name} ${email ?? ''}`}>
          <strong>{name}</strong>{' '}
          <span className="muted">{[organization, jobTitle, email].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ul>
  );
}
