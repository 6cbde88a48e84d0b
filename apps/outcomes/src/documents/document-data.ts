import type { FunnelStep, Localized } from '#contracts';

/** Everything a certificate says. */
export interface CertificateData {
  readonly kind: 'certificate';
  readonly of: 'attendance' | 'speaking';
  readonly holder: string;
  readonly tourName: Localized;
  readonly stopName: Localized;
  readonly sessionTitle: Localized | null;
  /** Who gives it: the hosts, guides and co-organizers of the stop. */
  readonly issuers: readonly Localized[];
  /** Local dates of the stop. */
  readonly dates: Localized;
  readonly code: string;
  readonly verifyUrl: string;
  /** Set where it does not count any more. */
  readonly ended: 'revoked' | 'replaced' | null;
}

export interface BadgeData {
  readonly name: string;
  readonly company: Localized;
  /** What the door scans. */
  readonly badge: string;
}

export interface BadgesData {
  readonly kind: 'badges';
  readonly sheet: 'a4' | 'single';
  readonly stopName: Localized;
  readonly badges: readonly BadgeData[];
}

export interface PlaqueData {
  readonly name: Localized;
  readonly category: string;
  readonly number: number;
  readonly code: string;
  readonly verifyUrl: string;
}

export interface PlaquesData {
  readonly kind: 'plaques';
  /** A page across for each, or six on each A4 page, to cut apart. */
  readonly sheet: 'single' | 'a4';
  readonly alliance: Localized;
  readonly announcedOn: Localized;
  readonly plaques: readonly PlaqueData[];
}

export interface ReportData {
  readonly kind: 'report';
  readonly language: 'zh' | 'en';
  readonly stopName: Localized;
  readonly city: Localized;
  readonly venue: Localized;
  readonly dates: Localized;
  readonly partners: readonly { readonly role: string; readonly name: Localized }[];
  readonly funnel: readonly FunnelStep[];
  readonly totals: Readonly<Record<string, number | string>>;
  readonly cases: readonly Localized[];
  readonly papers: readonly Localized[];
  readonly url: string;
}

export type DocumentData = CertificateData | BadgesData | PlaquesData | ReportData;
