import { Controller } from '@nestjs/common';
import {
  exportCertificates,
  issueCertificates,
  listCertificates,
  replaceCertificate,
  revokeCertificate,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { CertificateService } from './certificate.service.js';

@Controller()
export class CertificateController {
  constructor(private readonly certificates: CertificateService) {}

  @RequestHandler(issueCertificates)
  issue({ stopId }: InputOf<typeof issueCertificates>, call: CallContext) {
    return this.certificates.issue(call, stopId);
  }

  @RequestHandler(listCertificates)
  list(input: InputOf<typeof listCertificates>, call: CallContext) {
    return this.certificates.list(call.caller, input);
  }

  @RequestHandler(exportCertificates)
  export(input: InputOf<typeof exportCertificates>, call: CallContext) {
    return this.certificates.export(call.caller, input);
  }

  @RequestHandler(revokeCertificate)
  revoke({ id, body }: InputOf<typeof revokeCertificate>, call: CallContext) {
    return this.certificates.revoke(call, id, body.reason);
  }

  @RequestHandler(replaceCertificate)
  replace({ id }: InputOf<typeof replaceCertificate>, call: CallContext) {
    return this.certificates.replace(call, id);
  }
}
