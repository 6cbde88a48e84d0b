import { Module } from '@nestjs/common';
import { MeModule } from '../me/me.module.js';
import { MembershipModule } from '../memberships/membership.module.js';
import { SecretsModule } from '../secrets/secrets.module.js';
import { SignInModule } from '../sign-ins/sign-in.module.js';
import { SigningInModule } from '../signing-in/signing-in.module.js';
import { UserModule } from '../users/user.module.js';
import { InvitationLimit } from './invitation-limit.service.js';
import { InvitationMailRepository } from './invitation-mail.repository.js';
import { MemberController } from './member.controller.js';
import { MemberService } from './member.service.js';

@Module({
  imports: [SecretsModule, UserModule, MembershipModule, SignInModule, MeModule, SigningInModule],
  controllers: [MemberController],
  providers: [MemberService, InvitationLimit, InvitationMailRepository],
})
export class MemberModule {}
