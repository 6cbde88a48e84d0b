import { Controller } from '@nestjs/common';
import { getDeparted, getPeople, getSignupHolders, listAudience, type InputOf } from '#contracts';
import { RequestHandler } from '#messaging';
import { PeopleService } from './people.service.js';

/** Answers the service that writes to people; the broker lets nobody else ask. */
@Controller()
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @RequestHandler(getPeople)
  get(input: InputOf<typeof getPeople>) {
    return this.people.get(input.registrationIds);
  }

  @RequestHandler(getDeparted)
  departed(input: InputOf<typeof getDeparted>) {
    return this.people.departed(input);
  }

  @RequestHandler(listAudience)
  audience(input: InputOf<typeof listAudience>) {
    return this.people.audience(input);
  }

  @RequestHandler(getSignupHolders)
  signupHolders(input: InputOf<typeof getSignupHolders>) {
    return this.people.signupHolders(input);
  }
}
