import { Controller } from '@nestjs/common';
import {
  addBatchMember,
  announceMembershipBatch,
  createMembershipBatch,
  deleteMembershipBatch,
  getMembershipBatch,
  listMembershipBatches,
  removeBatchMember,
  updateMembershipBatch,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { MemberService } from './member.service.js';
import { MembershipBatchService } from './membership-batch.service.js';

@Controller()
export class MembershipBatchController {
  constructor(
    private readonly batches: MembershipBatchService,
    private readonly members: MemberService,
  ) {}

  @RequestHandler(createMembershipBatch)
  create({ tourId, body }: InputOf<typeof createMembershipBatch>, call: CallContext) {
    return this.batches.create(call, tourId, body);
  }

  @RequestHandler(listMembershipBatches)
  list(input: InputOf<typeof listMembershipBatches>, call: CallContext) {
    return this.batches.list(call, input);
  }

  @RequestHandler(getMembershipBatch)
  get({ id }: InputOf<typeof getMembershipBatch>, call: CallContext) {
    return this.batches.get(call, id);
  }

  @RequestHandler(updateMembershipBatch)
  update({ id, body }: InputOf<typeof updateMembershipBatch>, call: CallContext) {
    return this.batches.update(call, id, body);
  }

  @RequestHandler(deleteMembershipBatch)
  delete({ id }: InputOf<typeof deleteMembershipBatch>, call: CallContext) {
    return this.batches.delete(call, id);
  }

  @RequestHandler(addBatchMember)
  add({ id, body }: InputOf<typeof addBatchMember>, call: CallContext) {
    return this.members.add(call, id, body);
  }

  @RequestHandler(removeBatchMember)
  remove({ id, memberId }: InputOf<typeof removeBatchMember>, call: CallContext) {
    return this.members.remove(call, id, memberId);
  }

  @RequestHandler(announceMembershipBatch)
  announce({ id }: InputOf<typeof announceMembershipBatch>, call: CallContext) {
    return this.members.announce(call, id);
  }
}
