import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets/secrets.module.js';
import { SignInModule } from '../sign-ins/sign-in.module.js';
import { DoorPassController } from './door-pass.controller.js';
import { DoorPassRepository } from './door-pass.repository.js';
import { DoorPassService } from './door-pass.service.js';

@Module({
  imports: [SecretsModule, SignInModule],
  controllers: [DoorPassController],
  providers: [DoorPassRepository, DoorPassService],
  exports: [DoorPassService],
})
export class DoorPassModule {}
