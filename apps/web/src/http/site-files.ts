import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '#service';
import { PublicApi } from '../api/public-api.service.js';
import type { WebConfig } from '../config.js';
import { sitemap } from './sitemap.js';

/** A file that the site has for machines. */
export interface SiteFile {
  readonly path: string;
  readonly type: string;
  readonly make: (reader: string) => Promise<string>;
}

/** robots.txt and the sitemap. */
@Injectable()
export class SiteFiles {
  readonly table: readonly SiteFile[];

  constructor(
    private readonly api: PublicApi,
    @Inject(CONFIG) { PUBLIC_URL: publicUrl }: WebConfig,
  ) {
    const hidden = ['/account', '/company', '/console', '/door'].flatMap((path) => [path, `/en${path}`]);
    const lines = ['/v1/', ...hidden]
      .map(
        (path) => `Disallow: ${path}
`,
      )
      .join('');
    const robots = `User-agent: *
${lines}Sitemap: ${publicUrl}/sitemap.xml
`;
    this.table = [
      { path: '/robots.txt', type: 'text/plain; charset=utf-8', make: async () => robots },
      {
        path: '/sitemap.xml',
        type: 'application/xml; charset=utf-8',
        make: (reader) => this.makeSitemap(publicUrl, reader),
      },
    ];
  }

  private async makeSitemap(publicUrl: string, reader: string): Promise<string> {
    const data = this.api.forReader(reader);
    const tours = await data.tours();
    const stops = (await Promise.all(tours.map(({ id }) => data.stopsOf(id)))).flat();
    return sitemap(publicUrl, [
      '/',
      '/help',
      '/privacy',
      '/accessibility',
      ...tours.map(({ id }) => `/tours/${id}`),
      ...stops.flatMap(({ id }) => [`/stops/${id}`, `/stops/${id}/timetable`]),
    ]);
  }
}
