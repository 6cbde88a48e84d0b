import { Controller } from '@nestjs/common';
import { getNotificationSettings, updateNotificationSettings, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { SettingsService } from './settings.service.js';

@Controller()
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @RequestHandler(getNotificationSettings)
  get(_input: InputOf<typeof getNotificationSettings>, call: CallContext) {
    return this.settings.get(call.caller);
  }

  @RequestHandler(updateNotificationSettings)
  update(input: InputOf<typeof updateNotificationSettings>, call: CallContext) {
    return this.settings.update(call, input.body);
  }
}
