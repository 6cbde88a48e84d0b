import { Controller } from '@nestjs/common';
import {
  deleteMailTemplate,
  listMailTemplates,
  previewMailTemplate,
  putMailTemplate,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { organizationOf } from '../notification-settings/settings.service.js';
import { TemplateService } from './template.service.js';

@Controller()
export class TemplateController {
  constructor(private readonly templates: TemplateService) {}

  @RequestHandler(listMailTemplates)
  list(_input: InputOf<typeof listMailTemplates>, call: CallContext) {
    return this.templates.list(call.caller);
  }

  @RequestHandler(putMailTemplate)
  put(input: InputOf<typeof putMailTemplate>, call: CallContext) {
    return this.templates.put(call, input);
  }

  @RequestHandler(deleteMailTemplate)
  delete(input: InputOf<typeof deleteMailTemplate>, call: CallContext) {
    return this.templates.delete(call, input.kind, input.language);
  }

  @RequestHandler(previewMailTemplate)
  preview(input: InputOf<typeof previewMailTemplate>, call: CallContext) {
    organizationOf(call.caller);
    return this.templates.preview(input);
  }
}
