import { Labelled } from '../../form/fields.js';
import type { Form } from '../../form/use-form.js';
import { Button } from '../../ui/ui.js';
import { emptyRoom, type PartnerRow, type RoomRow, type StopDraft } from './stop-draft.js';
import { t } from './words.js';

export function RoomRows({ form }: { form: Form<StopDraft> }) {
  const { rooms } = form.values;
  const change = (at: number, changed: Partial<RoomRow>): void =>
    form.set({ rooms: rooms.map((room, index) => (index === at ? { ...room, ...changed } : room)) });
  return (
    <>
      <h2>{t.rooms}</h2>
      {rooms.map((room, at) => (
        <fieldset key={room.id ?? `new ${at}`} className="row-fields">
          <legend>{t.room(at + 1)}</legend>
          <Cell
            label={t.roomZh}
            value={room.zh}
            fault={form.fault(`/rooms/${at}/name`)}
            onChange={(zh) => change(at, { zh })}
          />
          <Cell label={t.roomEn} value={room.en} onChange={(en) => change(at, { en })} isOptional />
          <Cell
            label={t.seats}
            value={room.seats}
            fault={form.fault(`/rooms/${at}/seats`)}
            onChange={(seats) => change(at, { seats })}
          />
          <Button
            look="link"
            aria-label={t.removeRow(t.room(at + 1))}
            onPress={() => form.set({ rooms: rooms.filter((_, index) => index !== at) })}
          >
            ✕
          </Button>
        </fieldset>
      ))}
      <p>
        <Button look="plain" onPress={() => form.set({ rooms: [...rooms, emptyRoom] })}>
          {t.addRoom}
        </Button>
      </p>
    </>
  );
}

interface WithPartners {
  readonly partners: readonly PartnerRow[];
}

export function PartnerRows<Values extends WithPartners>({ form }: { form: Form<Values> }) {
  const { partners } = form.values;
  const set = (rows: readonly PartnerRow[]): void =>
    form.set({ partners: rows } as unknown as Partial<Values>);
  const change = (at: number, changed: Partial<PartnerRow>): void =>
    set(partners.map((partner, index) => (index === at ? { ...partner, ...changed } : partner)));
  return (
    <>
      <h2>{t.partners}</h2>
      {partners.map((partner, at) => (
        <fieldset key={at} className="row-fields">
          <legend>{t.partner(at + 1)}</legend>
          <Cell
            label={t.partnerZh}
            value={partner.zh}
            fault={form.fault(`/partners/${at}/name`)}
            onChange={(zh) => change(at, { zh })}
          />
          <Cell label={t.partnerEn} value={partner.en} onChange={(en) => change(at, { en })} isOptional />
          <Labelled label={t.partnerRole} isRequired>
            {(described) => (
              <select
                {...described}
                className="field-input"
                value={partner.role}
                onChange={(event) => change(at, { role: event.target.value })}
              >
                {Object.entries(t.role).map(([role, name]) => (
                  <option key={role} value={role}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
          <Button
            look="link"
            aria-label={t.removeRow(t.partner(at + 1))}
            onPress={() => set(partners.filter((_, index) => index !== at))}
          >
            ✕
          </Button>
        </fieldset>
      ))}
      <p>
        <Button look="plain" onPress={() => set([...partners, { zh: '', en: '', role: 'host' }])}>
          {t.addPartner}
        </Button>
      </p>
    </>
  );
}

interface CellProps {
  readonly label: string;
  readonly value: string;
  readonly fault?: string | undefined;
  readonly onChange: (value: string) => void;
  readonly isOptional?: boolean;
}

function Cell({ label, value, fault, onChange, isOptional = false }: CellProps) {
  return (
    <Labelled label={label} fault={fault} isRequired={!isOptional}>
      {(described) => (
        <input
          {...described}
          className="field-input"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}
