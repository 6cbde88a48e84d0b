import { Module } from '@nestjs/common';
import { ApiModule } from '../api/api.module.js';
import { AssetsModule } from '../assets/assets.module.js';
import { PagesModule } from '../pages/pages.module.js';
import { PageRouter } from './page-router.js';
import { SiteFiles } from './site-files.js';

/** What a request passes through: assets, files of the site, pages. */
@Module({ imports: [ApiModule, AssetsModule, PagesModule], providers: [PageRouter, SiteFiles] })
export class HttpModule {}
