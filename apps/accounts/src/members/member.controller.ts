import { Controller } from '@nestjs/common';
import { inviteMember, listMembers, removeMember, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { MemberService } from './member.service.js';

@Controller()
export class MemberController {
  constructor(private readonly members: MemberService) {}

  @RequestHandler(listMembers)
  list(input: InputOf<typeof listMembers>, call: CallContext) {
    return this.members.list(call.caller, input);
  }

  @RequestHandler(inviteMember)
  invite(input: InputOf<typeof inviteMember>, call: CallContext) {
    return this.members.invite(call, input);
  }

  @RequestHandler(removeMember)
  remove(input: InputOf<typeof removeMember>, call: CallContext) {
    return this.members.remove(call, input.id);
  }
}
