import { localized } from '../../form/localized.js';
import type { CompanyProfile } from '../../api/queries.js';

/** A company's own data as they are typed. */
export interface ProfileDraft {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly industry: string;
  readonly cityCode: string;
  readonly contactName: string;
  readonly email: string;
  readonly mobile: string;
  readonly language: string;
}

export function profileDraftOf({ name, industry, cityCode, contact }: CompanyProfile): ProfileDraft {
  return {
    nameZh: name.zh ?? '',
    nameEn: name.en ?? '',
    industry: industry ?? '',
    cityCode: cityCode ?? '',
    contactName: contact.name,
    email: contact.email,
    mobile: contact.mobile ?? '',
    language: contact.language ?? '',
  };
}

export function profileBody(draft: ProfileDraft) {
  const text = (one: string) => (one.trim() === '' ? undefined : one.trim());
  return {
    name: localized(draft.nameZh, draft.nameEn) ?? {},
    industry: text(draft.industry),
    cityCode: text(draft.cityCode),
    contact: {
      name: draft.contactName.trim(),
      email: draft.email.trim(),
      mobile: text(draft.mobile),
      language: text(draft.language),
    },
  };
}
