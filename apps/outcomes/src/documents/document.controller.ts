import { Controller } from '@nestjs/common';
import { renderBadges, renderCertificate, renderPlaques, renderReport, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { DocumentService } from './document.service.js';

@Controller()
export class DocumentController {
  constructor(private readonly documents: DocumentService) {}

  @RequestHandler(renderCertificate)
  certificate({ id }: InputOf<typeof renderCertificate>, call: CallContext) {
    return this.documents.certificate(call, id);
  }

  @RequestHandler(renderBadges)
  badges(input: InputOf<typeof renderBadges>, call: CallContext) {
    return this.documents.badges(call.caller, input);
  }

  @RequestHandler(renderPlaques)
  plaques(input: InputOf<typeof renderPlaques>, call: CallContext) {
    return this.documents.plaques(call, input);
  }

  @RequestHandler(renderReport)
  report(input: InputOf<typeof renderReport>, call: CallContext) {
    return this.documents.report(call, input);
  }
}
