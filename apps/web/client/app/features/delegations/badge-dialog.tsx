import type { Registration } from '#contracts/registrations';
import { Ask, Button } from '../../ui/ui.js';
import { words } from '../../words/index.js';

const t = words.registration;

export const badgeImage = (registrationId: string, delegateId: string): string =>
  `/v1/registrations/${registrationId}/delegates/${delegateId}/badge.svg`;

interface Props {
  readonly registrationId: string;
  readonly delegate: Registration['delegates'][number];
  readonly onClose: () => void;
}

/** One badge, as large as a phone shows it at the door. */
export function BadgeDialog({ registrationId, delegate, onClose }: Props) {
  return (
    <Ask title={delegate.name} isOpen onClose={onClose}>
      <img
        className="badge-code"
        src={badgeImage(registrationId, delegate.id)}
        alt={t.showBadge(delegate.name)}
        width={280}
        height={280}
      />
      <p className="centre muted">{t.present}</p>
      <p className="actions">
        <Button look="plain" onPress={onClose}>
          {words.back}
        </Button>
      </p>
    </Ask>
  );
}
