import { Controller } from '@nestjs/common';
import {
  announcePaper,
  createPaper,
  deletePaper,
  getPaper,
  listPapers,
  updatePaper,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { PaperService } from './paper.service.js';

@Controller()
export class PaperController {
  constructor(private readonly papers: PaperService) {}

  @RequestHandler(createPaper)
  create({ tourId, body }: InputOf<typeof createPaper>, call: CallContext) {
    return this.papers.create(call, tourId, body);
  }

  @RequestHandler(listPapers)
  list(input: InputOf<typeof listPapers>, call: CallContext) {
    return this.papers.list(call, input);
  }

  @RequestHandler(getPaper)
  get({ id }: InputOf<typeof getPaper>, call: CallContext) {
    return this.papers.get(call, id);
  }

  @RequestHandler(updatePaper)
  update({ id, body }: InputOf<typeof updatePaper>, call: CallContext) {
    return this.papers.update(call, id, body);
  }

  @RequestHandler(deletePaper)
  delete({ id }: InputOf<typeof deletePaper>, call: CallContext) {
    return this.papers.delete(call, id);
  }

  @RequestHandler(announcePaper)
  announce({ id }: InputOf<typeof announcePaper>, call: CallContext) {
    return this.papers.announce(call, id);
  }
}
