import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { problems } from '#contracts';
import { etagOf } from '../http/etag.js';
import { headerList, jsonType } from '../http/headers.js';
import { httpResponse, sendResponse, withPolicy, type HttpResponse } from '../http/response.js';
import type { StaticRoute } from '../http/static-route.js';
import type { Operation } from '../operations/operation.js';
import { OPERATIONS } from '../operations/operations.module.js';
import { docsPage, docsPolicy, problemsPage, startScript } from './docs-page.js';
import { openApiDocument, projectVersion } from './document.js';

const htmlType = 'text/html; charset=utf-8';
const scriptType = 'text/javascript; charset=utf-8';
/** Documentation changes with a deploy only; five minutes old does no harm. */
const caching = { 'cache-control': 'public, max-age=300' };

/** The OpenAPI document and the pages that show it, all from this machine: they work without the internet. */
@Injectable()
export class DocsRoutes {
  constructor(@Inject(OPERATIONS) private readonly operations: readonly Operation[]) {}

  routes(): StaticRoute[] {
    return [
      staticRoute('/openapi.json', jsonType, () =>
        JSON.stringify(openApiDocument(this.operations, projectVersion())),
      ),
      staticRoute('/docs', htmlType, () => docsPage),
      staticRoute('/docs/problems', htmlType, () => problemsPage(problems)),
      staticRoute('/docs/start.js', scriptType, () => startScript),
      staticRoute('/docs/swagger-ui.css', 'text/css; charset=utf-8', () => readSwaggerFile('swagger-ui.css')),
      staticRoute('/docs/swagger-ui-bundle.js', scriptType, () => readSwaggerFile('swagger-ui-bundle.js')),
    ];
  }
}

/** Its content is made when first asked for and then kept, so that the start does not wait for it. */
function staticRoute(path: string, mediaType: string, make: () => string | Promise<Buffer>): StaticRoute {
  let response: Promise<HttpResponse> | undefined;
  return {
    path,
    handler: async (request, reply) => {
      response ??= finish(make, mediaType);
      sendResponse(request, reply, await response);
    },
  };
}

async function finish(make: () => string | Promise<Buffer>, mediaType: string): Promise<HttpResponse> {
  const body = Buffer.from(await make());
  const headers = headerList({ ...caching, 'content-type': mediaType });
  const response = httpResponse(200, body, headers, etagOf(body, undefined));
  return mediaType === htmlType ? withPolicy(response, docsPolicy) : response;
}

function readSwaggerFile(name: string): Promise<Buffer> {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  return readFile(join(folder, name));
}
