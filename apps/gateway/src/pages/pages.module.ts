import { Module } from '@nestjs/common';
import { PageProxy } from './page-proxy.js';

@Module({ providers: [PageProxy], exports: [PageProxy] })
export class PagesModule {}
