import { Module } from '@nestjs/common';
import { MembershipModule } from '../memberships/membership.module.js';
import { SignInModule } from '../sign-ins/sign-in.module.js';
import { UserModule } from '../users/user.module.js';
import { MeController } from './me.controller.js';
import { MeService } from './me.service.js';
import { NamesRepository } from './names.repository.js';

@Module({
  imports: [UserModule, MembershipModule, SignInModule],
  controllers: [MeController],
  providers: [MeService, NamesRepository],
  exports: [MeService, NamesRepository],
})
export class MeModule {}
