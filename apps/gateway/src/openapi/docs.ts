import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problems } from '#contracts';
import { httpResponse, jsonType, sendResponse, type HttpResponse } from '../http/response.js';
import { etagOf } from '../http/etag.js';
import type { StaticRoute } from '../http/static-route.js';
import { operations } from '../operations/operations.js';
import { docsPage, docsPolicy, problemsPage, startScript } from './docs-page.js';
import { openApiDocument, projectVersion } from './document.js';

const htmlType = 'text/html; charset=utf-8';
const scriptType = 'text/javascript; charset=utf-8';
/** Documentation changes with a deploy only; five minutes old does no harm. */
const caching = { 'cache-control': 'public, max-age=300' };

/** The OpenAPI document and the pages that show it, all from this machine: they work without the internet. */
@Injectable()
export class Docs {
  private readonly made = new Map<string, Promise<HttpResponse>>();

  pages(): StaticRoute[] {
    return [
      this.page('/openapi.json', jsonType, () =>
        JSON.stringify(openApiDocument(operations, projectVersion())),
      ),
      this.page('/docs', htmlType, () => docsPage),
      this.page('/docs/problems', htmlType, () => problemsPage(problems)),
      this.page('/docs/start.js', scriptType, () => startScript),
      this.page('/docs/swagger-ui.css', 'text/css; charset=utf-8', () => readSwaggerFile('swagger-ui.css')),
      this.page('/docs/swagger-ui-bundle.js', scriptType, () => readSwaggerFile('swagger-ui-bundle.js')),
    ];
  }

  /** Made when first asked for and then kept, so that the start does not wait for it. */
  private page(path: string, mediaType: string, make: () => string | Promise<Buffer>): StaticRoute {
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const made = this.made.get(path) ?? finish(make, mediaType);
      this.made.set(path, made);
      return sendResponse(request, reply, await made);
    };
    return { path, handler };
  }
}

async function finish(make: () => string | Promise<Buffer>, mediaType: string): Promise<HttpResponse> {
  const body = Buffer.from(await make());
  const policy = mediaType === htmlType ? { 'content-security-policy': docsPolicy } : {};
  return httpResponse(
    200,
    body,
    { ...caching, ...policy, 'content-type': mediaType },
    etagOf(body, undefined),
  );
}

function readSwaggerFile(name: string): Promise<Buffer> {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  return readFile(join(folder, name));
}
