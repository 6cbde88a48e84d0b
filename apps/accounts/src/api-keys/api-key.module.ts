import { Module } from '@nestjs/common';
import { MembershipModule } from '../memberships/membership.module.js';
import { SignInModule } from '../sign-ins/sign-in.module.js';
import { ApiKeyController } from './api-key.controller.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { ApiKeyService } from './api-key.service.js';
import { KeyDerivation } from './key-derivation.service.js';
import { KeyUsageService } from './key-usage.service.js';

@Module({
  imports: [MembershipModule, SignInModule],
  controllers: [ApiKeyController],
  providers: [ApiKeyService, KeyUsageService, ApiKeyRepository, KeyDerivation],
  exports: [ApiKeyService, ApiKeyRepository, KeyDerivation],
})
export class ApiKeyModule {}
