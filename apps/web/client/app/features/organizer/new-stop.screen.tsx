import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { Stop } from '#contracts/stops';
import { ApiProblem, call, newIdempotencyKey } from '../../api/call.js';
import { Button, Field, Problem } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { citiesOf, provinces, type Place } from './places.js';
import { emptyStop, stopBody, type StopDraft } from './stop-draft.js';

const t = words.newStop;

const Page = () => <SignedIn role="organizer">{() => <NewStop />}</SignedIn>;

function NewStop() {
  const { tourId = '' } = useParams({ strict: false });
  const [draft, setDraft] = useState(emptyStop);
  const [key, setKey] = useState(newIdempotencyKey);
  const client = useQueryClient();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: () =>
      call<Stop>('POST', `/tours/${tourId}/stops`, { body: stopBody(draft), idempotencyKey: key }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['stops'] });
      void navigate({ to: '/console' });
    },
  });
  const change = (changed: Partial<StopDraft>): void => {
    setDraft((now) => ({ ...now, ...changed }));
    setKey(newIdempotencyKey());
  };
  const fault = (pointer: string): string | undefined =>
    make.error instanceof ApiProblem
      ? make.error.errors.find((one) => one.pointer?.startsWith(pointer))?.message
      : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  const text = (name: keyof StopDraft, label: string, pointer: string, isRequired = true) => (
    <Field
      name={pointer}
      label={label}
      value={String(draft[name])}
      onChange={(value) => change({ [name]: value })}
      fault={fault(pointer)}
      isRequired={isRequired}
    />
  );
  return (
    <div className="narrow">
      <h1>{t.title}</h1>
      <form className="stack" onSubmit={submit} noValidate>
        {text('nameZh', t.nameZh, '/name')}
        {text('nameEn', t.nameEn, '/name/en', false)}
        <CityFields city={draft.city} fault={fault('/city')} onChange={(city) => change({ city })} />
        {text('venue', t.venue, '/venue/name')}
        {text('address', t.address, '/venue/address', false)}
        {text('timeZone', t.timeZone, '/timeZone')}
        <Moments draft={draft} fault={fault} onChange={change} />
        {text('capacity', t.capacity, '/capacity')}
        {text('maxDelegates', t.maxDelegates, '/maxDelegatesPerCompany')}
        <label className="tick">
          <input
            type="checkbox"
            checked={draft.isManual}
            onChange={(event) => change({ isManual: event.target.checked })}
          />
          <span>{t.manual}</span>
        </label>
        <label className="field">
          <span className="field-label">{t.rooms}</span>
          <textarea
            className="field-input"
            rows={3}
            value={draft.rooms}
            onChange={(event) => change({ rooms: event.target.value })}
          />
          <span className="field-hint">{t.roomsHint}</span>
          <span className="field-fault">{fault('/rooms')}</span>
        </label>
        <Problem error={make.error} />
        <p>
          <Button type="submit" isDisabled={make.isPending}>
            {t.make}
          </Button>
        </p>
      </form>
    </div>
  );
}

const nameOf = ({ zh, en }: Place): string => (lang === 'en' && en !== undefined ? en : zh);

interface CityProps {
  readonly city: string;
  readonly fault: string | undefined;
  readonly onChange: (city: string) => void;
}

/** Two plain lists, which every phone and screen reader knows. */
function CityFields({ city, fault, onChange }: CityProps) {
  const [province, setProvince] = useState('');
  const choose = (code: string): void => {
    setProvince(code);
    const cities = citiesOf(code);
    onChange(cities.length === 1 ? (cities[0]?.code ?? '') : '');
  };
  const cities = province === '' ? [] : citiesOf(province);
  return (
    <>
      <label className="field">
        <span className="field-label">{t.province}</span>
        <select className="field-input" value={province} onChange={(event) => choose(event.target.value)}>
          <option value="" />
          {provinces.map((one) => (
            <option key={one.code} value={one.code}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span className="field-label">{t.city}</span>
        <select
          className="field-input"
          value={city}
          disabled={cities.length === 0}
          onChange={(event) => onChange(event.target.value)}
        >
          <option value="" />
          {cities.map((one) => (
            <option key={one.code} value={one.code}>
              {nameOf(one)}
            </option>
          ))}
        </select>
        <span className="field-fault">{fault}</span>
      </label>
    </>
  );
}

interface MomentsProps {
  readonly draft: StopDraft;
  readonly fault: (pointer: string) => string | undefined;
  readonly onChange: (changed: Partial<StopDraft>) => void;
}

const moments = [
  ['startsAt', '/startsAt'],
  ['endsAt', '/endsAt'],
  ['opensAt', '/registration/opensAt'],
  ['closesAt', '/registration/closesAt'],
] as const;

/** Dates and times on the clock of the stop, not of whoever types them. */
function Moments({ draft, fault, onChange }: MomentsProps) {
  return (
    <>
      {moments.map(([name, pointer]) => (
        <label className="field" key={name}>
          <span className="field-label">{t[name]}</span>
          <input
            className="field-input"
            type="datetime-local"
            value={draft[name]}
            onChange={(event) => onChange({ [name]: event.target.value })}
          />
          <span className="field-fault">{fault(pointer)}</span>
        </label>
      ))}
    </>
  );
}

export const route = createLazyRoute('/console/tours/$tourId/stops/new')({ component: Page });
