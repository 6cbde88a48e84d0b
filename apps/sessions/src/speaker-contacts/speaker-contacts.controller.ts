import { Controller } from '@nestjs/common';
import { getSpeakers, listSpeakers, type InputOf } from '#contracts';
import { RequestHandler } from '#messaging';
import { SpeakerContacts } from './speaker-contacts.service.js';

@Controller()
export class SpeakerContactsController {
  constructor(private readonly contacts: SpeakerContacts) {}

  @RequestHandler(getSpeakers)
  get(input: InputOf<typeof getSpeakers>) {
    return this.contacts.get(input);
  }

  @RequestHandler(listSpeakers)
  list(input: InputOf<typeof listSpeakers>) {
    return this.contacts.list(input);
  }
}
