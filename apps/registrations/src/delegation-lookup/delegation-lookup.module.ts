import { Module } from '@nestjs/common';
import { DelegationLookupController } from './delegation-lookup.controller.js';
import { DelegationLookupRepository } from './delegation-lookup.repository.js';

@Module({ controllers: [DelegationLookupController], providers: [DelegationLookupRepository] })
export class DelegationLookupModule {}
