import { Module } from '@nestjs/common';
import { ApiKeyController } from './api-key.controller.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { ApiKeyService } from './api-key.service.js';
import { KeyDerivation } from './key-derivation.service.js';
import { KeyUsageService } from './key-usage.service.js';

@Module({
  controllers: [ApiKeyController],
  providers: [ApiKeyService, KeyUsageService, ApiKeyRepository, KeyDerivation],
  exports: [ApiKeyService, ApiKeyRepository, KeyDerivation],
})
export class ApiKeyModule {}
