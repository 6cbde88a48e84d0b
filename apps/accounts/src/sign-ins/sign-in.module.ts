import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets/secrets.module.js';
import { SignInController } from './sign-in.controller.js';
import { SignInRepository } from './sign-in.repository.js';
import { SignInService } from './sign-in.service.js';

@Module({
  imports: [SecretsModule],
  controllers: [SignInController],
  providers: [SignInRepository, SignInService],
  exports: [SignInRepository, SignInService],
})
export class SignInModule {}
