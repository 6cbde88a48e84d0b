import { Module } from '@nestjs/common';
import { CodeController } from './code.controller.js';
import { CodeDerivation } from './code-derivation.service.js';
import { CodeRepository } from './code.repository.js';

@Module({
  controllers: [CodeController],
  providers: [CodeDerivation, CodeRepository],
  exports: [CodeDerivation, CodeRepository],
})
export class CodeModule {}
