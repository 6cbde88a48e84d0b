import { Controller } from '@nestjs/common';
import {
  approveAnnouncement,
  createAnnouncement,
  getAnnouncement,
  listAnnouncements,
  previewAnnouncement,
  showUnsubscribe,
  stopAnnouncement,
  unsubscribe,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { AnnouncementService } from './announcement.service.js';
import { UnsubscribeService } from './unsubscribe.service.js';

@Controller()
export class AnnouncementController {
  constructor(
    private readonly announcements: AnnouncementService,
    private readonly unsubscribing: UnsubscribeService,
  ) {}

  @RequestHandler(createAnnouncement)
  create(input: InputOf<typeof createAnnouncement>, call: CallContext) {
    return this.announcements.create(call, input);
  }

  @RequestHandler(listAnnouncements)
  list(input: InputOf<typeof listAnnouncements>, call: CallContext) {
    return this.announcements.list(call.caller, input);
  }

  @RequestHandler(getAnnouncement)
  get(input: InputOf<typeof getAnnouncement>, call: CallContext) {
    return this.announcements.get(call.caller, input.id);
  }

  @RequestHandler(previewAnnouncement)
  preview(input: InputOf<typeof previewAnnouncement>, call: CallContext) {
    return this.announcements.preview(call.caller, input.id);
  }

  @RequestHandler(approveAnnouncement)
  approve(input: InputOf<typeof approveAnnouncement>, call: CallContext) {
    return this.announcements.approve(call, input);
  }

  @RequestHandler(stopAnnouncement)
  stop(input: InputOf<typeof stopAnnouncement>, call: CallContext) {
    return this.announcements.stop(call, input.id);
  }

  @RequestHandler(showUnsubscribe)
  showUnsubscribe(input: InputOf<typeof showUnsubscribe>) {
    return this.unsubscribing.show(input.token);
  }

  @RequestHandler(unsubscribe)
  unsubscribe(input: InputOf<typeof unsubscribe>) {
    return this.unsubscribing.unsubscribe(input.token);
  }
}
