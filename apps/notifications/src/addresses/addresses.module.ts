import { Module } from '@nestjs/common';
import { AddressHashes } from './address-hashes.service.js';
import { RefusalRepository } from './refusals.repository.js';

@Module({ providers: [AddressHashes, RefusalRepository], exports: [AddressHashes, RefusalRepository] })
export class AddressesModule {}
