import { Module } from '@nestjs/common';
import { ElsewhereRepository } from './elsewhere.repository.js';

@Module({ providers: [ElsewhereRepository], exports: [ElsewhereRepository] })
export class ElsewhereModule {}
