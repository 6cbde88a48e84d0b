import { Module } from '@nestjs/common';
import { TokenDerivation } from './token-derivation.service.js';

@Module({ providers: [TokenDerivation], exports: [TokenDerivation] })
export class SecretsModule {}
