import { Inject, Injectable } from '@nestjs/common';
import {
  Problem,
  badgesOfDocument,
  notFound,
  callingCompany,
  isOrganizerOf,
  refuseHiddenStop,
  refuseOthersThanOrganizer,
  type Caller,
  type InputOf,
  type Localized,
  type OutputOf,
  type StopState,
  type renderBadges,
  type renderPlaques,
  type renderReport,
} from '#contracts';
import type { CallContext } from '#messaging';
import { CONFIG } from '#service';
import { CaseService } from '../cases/case.service.js';
import { CertificateService } from '../certificates/certificate.service.js';
import { HoldersService } from '../certificates/holders.service.js';
import { CodeDerivation } from '../codes/code-derivation.service.js';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import type { OutcomesConfig } from '../config.js';
import { MembershipBatchService } from '../memberships/membership-batch.service.js';
import { PaperService } from '../papers/paper.service.js';
import { StatisticsService } from '../statistics/statistics.service.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import type { DocumentData } from './document-data.js';
import { cityOf } from './city.js';
import { countDocument } from './document.metrics.js';
import { DocumentWorker } from './document-worker.service.js';
import { localDates } from './local-dates.js';

type File = OutputOf<typeof renderBadges>;

/** Who signs a certificate. */
const issuingRoles: readonly string[] = ['host', 'guide', 'co_organizer'];
const ledgerPage = 200;

/** Gathers what documents say, and has them drawn. */
@Injectable()
export class DocumentService {
  constructor(
    private readonly worker: DocumentWorker,
    private readonly stops: StopProjectionService,
    private readonly companies: CompanyProjectionService,
    private readonly certificates: CertificateService,
    private readonly holders: HoldersService,
    private readonly batches: MembershipBatchService,
    private readonly cases: CaseService,
    private readonly papers: PaperService,
    private readonly statistics: StatisticsService,
    private readonly codes: CodeDerivation,
    @Inject(CONFIG) private readonly config: OutcomesConfig,
  ) {}

  async certificate(call: CallContext, id: string): Promise<File> {
    const { holder, kind, sessionTitle, stopId, status } = await this.certificates.findFor(call.caller, id);
    const stop = await this.stops.get(stopId);
    const code = this.codes.codeOf('certificate', id);
    return this.drawn(`certificate-${id}.pdf`, {
      kind: 'certificate',
      of: kind,
      holder,
      tourName: await this.stops.tourNameOf(call, stop.tourId),
      stopName: stop.name,
      sessionTitle,
      issuers: stop.partners.filter(({ role }) => issuingRoles.includes(role)).map(({ name }) => name),
      dates: localDates(stop),
      code,
      verifyUrl: this.verifyUrl(code),
      ended: status === 'valid' ? null : status,
    });
  }

  async badges(caller: Caller, { stopId, sheet, page }: InputOf<typeof renderBadges>): Promise<File> {
    const stop = await this.stops.get(stopId);
    refuseHiddenStop(caller, stop);
    const own = this.ownCompany(caller, stop);
    const delegates = (await this.holders.delegatesOf(stopId))
      .filter(({ companyId }) => own === null || companyId === own)
      .slice((page - 1) * badgesOfDocument, page * badgesOfDocument);
    const names = await this.companies.namesOf(delegates.flatMap(({ companyId }) => companyId ?? []));
    const badges = delegates.map(({ name, companyId, badge }) => ({
      name,
      company: names.get(companyId ?? '') ?? {},
      badge: badge ?? '',
    }));
    return this.drawn(`badges-${stopId}.pdf`, { kind: 'badges', sheet, stopName: stop.name, badges });
  }

  async plaques(call: CallContext, { id, sheet }: InputOf<typeof renderPlaques>): Promise<File> {
    await this.batches.findOwn(call, id);
    const { alliance, announcedAt, members } = await this.batches.get(call, id);
    if (announcedAt === null) throw notFound('announced batch');
    const timeZone = 'Asia/Shanghai';
    return this.drawn(`plaques-${id}.pdf`, {
      kind: 'plaques',
      sheet,
      alliance,
      announcedOn: localDates({ startsAt: announcedAt, endsAt: announcedAt, timeZone }),
      plaques: members.map(({ name, category, number, code }) => ({
        name,
        category,
        number: number ?? 0,
        code: code ?? '',
        verifyUrl: this.verifyUrl(code ?? ''),
      })),
    });
  }

  async report(call: CallContext, { stopId, lang }: InputOf<typeof renderReport>): Promise<File> {
    const stop = await this.stops.get(stopId);
    refuseOthersThanOrganizer(call.caller, stop, 'stop');
    const { funnel, totals } = await this.statistics.ofStop(call.caller, stopId);
    return this.drawn(`report-${stopId}.pdf`, {
      kind: 'report',
      language: lang,
      stopName: stop.name,
      city: cityOf(stop.city),
      venue: stop.venue.name,
      dates: localDates(stop),
      partners: stop.partners,
      funnel,
      totals,
      cases: await this.announcedAt(stop, (query) => this.cases.list(call, query)),
      papers: await this.announcedAt(stop, (query) => this.papers.list(call, query)),
      url: `${this.config.PUBLIC_URL}/stops/${stopId}`,
    });
  }

  private async announcedAt(
    stop: StopState,
    list: (query: { tourId: string; limit: number }) => Promise<{ items: Announceable[] }>,
  ): Promise<Localized[]> {
    const { items } = await list({ tourId: stop.tourId, limit: ledgerPage });
    return items
      .filter((one) => one.stopId === stop.id && one.announcedAt !== null)
      .map(({ title }) => title);
  }

  /** The company whose badges alone are shown; null for the organizer. */
  private ownCompany(caller: Caller, stop: StopState): string | null {
    if (isOrganizerOf(caller, stop)) return null;
    if (caller.role === 'organizer') throw notFound('stop');
    return callingCompany(caller);
  }

  private verifyUrl(code: string): string {
    return `${this.config.PUBLIC_URL}/verify/${encodeURIComponent(code)}`;
  }

  private async drawn(fileName: string, data: DocumentData): Promise<File> {
    const begunAt = performance.now();
    try {
      const pdf = await this.worker.draw(data);
      countDocument(data.kind, 'drawn', performance.now() - begunAt);
      return { fileName, base64: pdf.toString('base64') };
    } catch (error) {
      countDocument(data.kind, error instanceof Problem ? 'refused' : 'failed');
      throw error;
    }
  }
}

interface Announceable {
  readonly stopId: string | null;
  readonly announcedAt: string | null;
  readonly title: Localized;
}
