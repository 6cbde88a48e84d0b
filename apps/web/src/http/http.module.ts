import { Module } from '@nestjs/common';
import { ApiModule } from '../api/api.module.js';
import { AssetsModule } from '../assets/assets.module.js';
import { DoorFiles } from '../door/door-files.js';
import { PagesModule } from '../pages/pages.module.js';
import { PageRouter } from './page-router.js';
import { SiteFiles } from './site-files.js';

/** What a request passes through: assets, files of the site, pages, the door. */
@Module({ imports: [ApiModule, AssetsModule, PagesModule], providers: [PageRouter, SiteFiles, DoorFiles] })
export class HttpModule {}
