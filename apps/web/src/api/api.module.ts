import { Module } from '@nestjs/common';
import { PublicApi } from './public-api.service.js';

@Module({ providers: [PublicApi], exports: [PublicApi] })
export class ApiModule {}
