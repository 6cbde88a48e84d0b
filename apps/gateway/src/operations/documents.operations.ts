import {
  renderBadges,
  renderCertificate,
  renderPlaques,
  renderReport,
  type OutputOf,
  type RequestContract,
} from '#contracts';
import { companyOrOrganizer, organizer } from './access.js';
import { operation, type Operation, type ResponseFormat } from './operation.js';

/** Drawing hundreds of badges takes seconds on a busy machine. */
const deadlineMs = 20_000;

type Pdf = OutputOf<typeof renderBadges>;
const pdf: ResponseFormat = {
  mediaType: 'application/pdf',
  render: (output: Pdf) => Buffer.from(output.base64, 'base64'),
  fileName: (output: Pdf) => output.fileName,
};

function document(
  id: string,
  path: string,
  contract: RequestContract,
  more: Pick<Operation, 'summary' | 'access'> & { description?: string },
): Operation {
  return operation({
    id,
    method: 'GET',
    path,
    tag: 'Ledger',
    status: 200,
    contract,
    format: pdf,
    deadlineMs,
    ...more,
  });
}

const fonts = 'Chinese fonts are inside, and the text can be copied out.';

export const documentsOperations = [
  document('renderCertificate', '/v1/certificates/{id}.pdf', renderCertificate, {
    summary: 'A certificate to print, A4',
    description: `In Chinese and English, with a QR code that leads to the public check. ${fonts}`,
    access: companyOrOrganizer,
  }),
  document('renderBadges', '/v1/stops/{stopId}/badges.pdf', renderBadges, {
    summary: 'The badges of the confirmed delegates; a company gets those of its own',
    description: `Ten of 90 × 54 mm on each A4 page, or with \`sheet=single\` a page of that size for each; at most 2,500 at once, the next by \`page=2\`. ${fonts}`,
    access: companyOrOrganizer,
  }),
  document('renderPlaques', '/v1/membership-batches/{id}/plaques.pdf', renderPlaques, {
    summary: 'The texts of the plaques of an announced batch',
    description: `An A4 page across for each, or with \`sheet=a4\` six on each A4 page; with the number and a QR code that leads to the public check. ${fonts}`,
    access: organizer,
  }),
  document('renderReport', '/v1/stops/{stopId}/report.pdf', renderReport, {
    summary: 'What a stop led to, on one page for the hosts',
    description: `In Chinese, or with \`lang=en\` in English. ${fonts}`,
    access: organizer,
  }),
];
