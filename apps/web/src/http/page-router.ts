import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Assets, type Asset } from '../assets/assets.service.js';
import { DoorFiles } from '../door/door-files.js';
import { pageViews } from '../metrics/page-metrics.js';
import { renderApp } from '../pages/app-document.js';
import type { SentPage } from '../pages/page-cache.js';
import type { Page } from '../pages/page.js';
import { Pages } from '../pages/pages.service.js';
import { publicPages } from '../pages/table.js';
import { languages, pathIn, splitPath, type Lang } from '../../shared/language.js';
import { appPolicy, securityHeaders } from '../policy/policy.js';
import { SiteFiles } from './site-files.js';

/** What the application behind sign-in answers itself: every path below these gets its one document. */
const appPaths = ['/sign-in', '/sign-up', '/account', '/company', '/company/*', '/console', '/console/*'];
const nonceBytes = 16;

/** Mounts the table of pages, the application, assets and the files of the site. */
@Injectable()
export class PageRouter implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly pages: Pages,
    private readonly assets: Assets,
    private readonly files: SiteFiles,
    private readonly door: DoorFiles,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    for (const page of publicPages) {
      for (const lang of languages) {
        server.get(pathIn(lang, page.path), (request, reply) => this.sendPublic(page, lang, request, reply));
      }
    }
    for (const path of appPaths) {
      for (const lang of languages)
        server.get(pathIn(lang, path), (request, reply) => this.sendApp(lang, request, reply));
    }
    for (const path of ['/door', '/door/:stopId']) {
      for (const lang of languages)
        server.get(pathIn(lang, path), (request, reply) => this.sendDoor(lang, request, reply));
    }
    server.get('/door-worker.js', (request, reply) => this.sendDoorWorker(request, reply));
    for (const file of this.files.table) {
      server.get(file.path, async (request, reply) => {
        const body = await file.make(request.ip);
        return reply
          .headers({ ...securityHeaders, 'cache-control': 'public, max-age=300' })
          .type(file.type)
          .send(body);
      });
    }
    server.get('/*', (request, reply) => this.sendOther(request, reply));
  }

  private async sendPublic(page: Page, lang: Lang, request: FastifyRequest, reply: FastifyReply) {
    const [path = '/', search = ''] = (request.raw.url ?? '/').split('?');
    const sent = await this.pages.render(page, {
      lang,
      path: splitPath(path.replace(/(?<=.)\/$/, '')).path,
      params: request.params as Record<string, string>,
      query: new URLSearchParams(search),
      reader: request.ip,
    });
    return sendPage(sent, { page: page.name, lang }, request, reply);
  }

  private sendApp(lang: Lang, _request: FastifyRequest, reply: FastifyReply) {
    const nonce = randomBytes(nonceBytes).toString('base64');
    pageViews.inc({ page: 'application', language: lang, status: 200 });
    return reply
      .headers({
        ...securityHeaders,
        'content-security-policy': appPolicy(nonce),
        'cache-control': 'no-store',
        'content-type': 'text/html; charset=utf-8',
      })
      .send(renderApp(lang, nonce, this.assets));
  }

  private async sendDoor(lang: Lang, request: FastifyRequest, reply: FastifyReply) {
    return sendPage(await this.door.document(lang), { page: 'door', lang }, request, reply);
  }

  /** Fetched on each visit, so that a door gets a new version as soon as there is one. */
  private async sendDoorWorker(request: FastifyRequest, reply: FastifyReply) {
    const worker = await this.door.worker();
    return worker === null
      ? this.sendOther(request, reply)
      : reply
          .headers({ ...securityHeaders, 'cache-control': 'no-cache' })
          .type(worker.type)
          .send(worker.text);
  }

  private async sendOther(request: FastifyRequest, reply: FastifyReply) {
    const path = (request.raw.url ?? '/').split('?', 1)[0] ?? '/';
    const asset = await this.assets.find(path);
    if (asset !== null) return sendAsset(asset, request, reply);
    const { lang, path: rest } = splitPath(path);
    return sendPage(await this.pages.notFound({ lang, path: rest }), { page: 'none', lang }, request, reply);
  }
}

function sendPage(
  sent: SentPage,
  { page, lang }: { page: string; lang: Lang },
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const isKnown = sent.status === 200 && request.headers['if-none-match'] === sent.etag;
  const status = isKnown ? 304 : sent.status;
  pageViews.inc({ page, language: lang, status });
  reply.code(status).headers({
    ...securityHeaders,
    'content-security-policy': sent.policy,
    'cache-control': sent.status === 200 ? 'no-cache' : 'no-store',
    vary: 'accept-encoding',
    ...(sent.status === 503 ? { 'retry-after': '5' } : {}),
    ...(sent.status === 200 ? { etag: sent.etag } : {}),
  });
  if (isKnown) return reply.send();
  const zipped = accepts(request, 'gzip');
  if (zipped) reply.header('content-encoding', 'gzip');
  return reply.type('text/html; charset=utf-8').send(zipped ? sent.gzip : sent.html);
}

function sendAsset(asset: Asset, request: FastifyRequest, reply: FastifyReply) {
  reply.headers({
    ...securityHeaders,
    'cache-control': asset.isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
    vary: 'accept-encoding',
    etag: asset.etag,
    // What is loaded by a page of this origin, and by nobody else's.
    'cross-origin-resource-policy': 'same-origin',
  });
  if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send();
  const [encoding, body] = encodedFor(asset, request);
  if (encoding !== null) reply.header('content-encoding', encoding);
  return reply.type(asset.type).send(body);
}

function encodedFor(asset: Asset, request: FastifyRequest): [string | null, Buffer] {
  if (asset.brotli !== null && accepts(request, 'br')) return ['br', asset.brotli];
  if (asset.gzip !== null && accepts(request, 'gzip')) return ['gzip', asset.gzip];
  return [null, asset.plain];
}

function accepts(request: FastifyRequest, encoding: string): boolean {
  const header = String(request.headers['accept-encoding'] ?? '');
  return header.split(',').some((one) => {
    const [name, weight] = one.trim().split(';');
    return name === encoding && weight?.replace(/\s/g, '') !== 'q=0';
  });
}
