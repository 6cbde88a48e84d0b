import { Module } from '@nestjs/common';
import { ApiKeyModule } from '../api-keys/api-key.module.js';
import { OrganizationModule } from '../organizations/organization.module.js';
import { BootstrapKeys } from './bootstrap-keys.service.js';

@Module({ imports: [ApiKeyModule, OrganizationModule], providers: [BootstrapKeys] })
export class BootstrapModule {}
