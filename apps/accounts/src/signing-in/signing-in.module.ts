import { Module } from '@nestjs/common';
import { ApiKeyModule } from '../api-keys/api-key.module.js';
import { DoorPassModule } from '../door-passes/door-pass.module.js';
import { MeModule } from '../me/me.module.js';
import { MembershipModule } from '../memberships/membership.module.js';
import { SecretsModule } from '../secrets/secrets.module.js';
import { SignInModule } from '../sign-ins/sign-in.module.js';
import { UserModule } from '../users/user.module.js';
import { AskCodeService } from './ask-code.service.js';
import { MachineWaysIn } from './machine-ways-in.service.js';
import { OperatorLinkRepository } from './operator-link.repository.js';
import { PruneJob } from './prune-job.service.js';
import { SignInCodeRepository } from './sign-in-code.repository.js';
import { SigningInController } from './signing-in.controller.js';
import { SigningInQueue } from './signing-in.queue.js';
import { SigningInService } from './signing-in.service.js';

@Module({
  imports: [
    SecretsModule,
    ApiKeyModule,
    DoorPassModule,
    UserModule,
    MembershipModule,
    SignInModule,
    MeModule,
  ],
  controllers: [SigningInController],
  providers: [
    SignInCodeRepository,
    OperatorLinkRepository,
    AskCodeService,
    MachineWaysIn,
    SigningInService,
    SigningInQueue,
    PruneJob,
  ],
  exports: [SignInCodeRepository],
})
export class SigningInModule {}
