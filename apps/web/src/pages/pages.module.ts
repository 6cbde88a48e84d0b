import { Module } from '@nestjs/common';
import { ApiModule } from '../api/api.module.js';
import { AssetsModule } from '../assets/assets.module.js';
import { Pages } from './pages.service.js';

@Module({ imports: [ApiModule, AssetsModule], providers: [Pages], exports: [Pages] })
export class PagesModule {}
