import { CityFields } from '../../form/city-fields.js';
import { Choice, Line, Lines, Tick, Whole } from '../../form/fields.js';
import type { Form } from '../../form/use-form.js';
import { PartnerRows, RoomRows } from './stop-rows.js';
import type { StopDraft } from './stop-draft.js';
import { t } from './words.js';

interface Props {
  readonly form: Form<StopDraft>;
  /** Once published, a stop gets other dates by rescheduling alone. */
  readonly hasFixedDates: boolean;
}

/** All that a stop has, a heading for each group. */
export function StopFields({ form, hasFixedDates }: Props) {
  return (
    <>
      <h2>{t.what}</h2>
      <div className="two">
        <Line form={form} at="nameZh" pointer="/name/zh" label={t.nameZh} isRequired />
        <Line form={form} at="nameEn" pointer="/name/en" label={t.nameEn} />
      </div>
      <Whole fault={form.fault('/name')} />
      <CityFields
        city={form.values.city}
        onChange={(city) => form.set({ city })}
        fault={form.fault('/city')}
        isRequired
      />
      <div className="two">
        <Line form={form} at="venueZh" pointer="/venue/name/zh" label={t.venueZh} isRequired />
        <Line form={form} at="venueEn" pointer="/venue/name/en" label={t.venueEn} />
      </div>
      <Whole fault={form.fault('/venue/name')} />
      <div className="two">
        <Line form={form} at="addressZh" pointer="/venue/address/zh" label={t.addressZh} />
        <Line form={form} at="addressEn" pointer="/venue/address/en" label={t.addressEn} />
      </div>
      <h2>{t.when}</h2>
      {hasFixedDates ? <p className="muted">{t.datesByReschedule}</p> : <Dates form={form} />}
      <Line form={form} at="timeZone" label={t.timeZone} isRequired />
      <Registration form={form} />
      <RoomRows form={form} />
      <PartnerRows form={form} />
      <Texts form={form} />
    </>
  );
}

function Dates({ form }: { form: Form<StopDraft> }) {
  return (
    <div className="two">
      <Line form={form} at="startsAt" type="datetime-local" label={t.startsAt} isRequired />
      <Line form={form} at="endsAt" type="datetime-local" label={t.endsAt} isRequired />
    </div>
  );
}

function Registration({ form }: { form: Form<StopDraft> }) {
  const at = '/registration';
  return (
    <>
      <h2>{t.reg}</h2>
      <div className="two">
        <Line
          form={form}
          at="opensAt"
          pointer={`${at}/opensAt`}
          type="datetime-local"
          label={t.opensAt}
          isRequired
        />
        <Line
          form={form}
          at="closesAt"
          pointer={`${at}/closesAt`}
          type="datetime-local"
          label={t.closesAt}
          isRequired
        />
        <Line
          form={form}
          at="changesUntil"
          pointer={`${at}/changesUntil`}
          type="datetime-local"
          label={t.changesUntil}
          hint={t.changesUntilHint}
        />
      </div>
      <div className="two">
        <Line form={form} at="capacity" label={t.capacity} isRequired />
        <Line
          form={form}
          at="maxDelegates"
          pointer="/maxDelegatesPerCompany"
          label={t.maxDelegates}
          isRequired
        />
      </div>
      <div>
        <Tick form={form} at="isManual" label={t.manual} />
        <br />
        <Tick form={form} at="isVerifiedOnly" label={t.verifiedOnly} />
        <br />
        <Tick form={form} at="hasWaitlist" label={t.waitlist} />
      </div>
      {form.values.hasWaitlist ? (
        <Choice
          form={form}
          at="waitlistPolicy"
          pointer={`${at}/waitlistPolicy`}
          label={t.policy}
          isRequired
          options={[
            ['strict', t.strict],
            ['first_fit', t.firstFit],
          ]}
        />
      ) : null}
    </>
  );
}

function Texts({ form }: { form: Form<StopDraft> }) {
  return (
    <>
      <h2>{t.texts}</h2>
      <p className="muted">{t.markdown}</p>
      <Lines form={form} at="descriptionZh" pointer="/description/zh" label={t.descriptionZh} rows={5} />
      <Lines form={form} at="descriptionEn" pointer="/description/en" label={t.descriptionEn} rows={5} />
      <Lines form={form} at="travelZh" pointer="/travel/zh" label={t.travelZh} />
      <Lines form={form} at="travelEn" pointer="/travel/en" label={t.travelEn} />
      <h2>{t.contact}</h2>
      <div className="two">
        <Line form={form} at="contactName" pointer="/contact/name" label={t.contactName} />
        <Line form={form} at="contactEmail" pointer="/contact/email" type="email" label={t.contactEmail} />
        <Line form={form} at="contactPhone" pointer="/contact/phone" type="tel" label={t.contactPhone} />
      </div>
    </>
  );
}
