import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument, projectVersion } from '../../apps/gateway/src/openapi/document.js';
import { operations } from '../../apps/gateway/src/operations/operations.js';
import { projectRoot } from '../dev/system/project-root.js';

/** `npm run openapi`: writes openapi.json anew, the committed copy of what GET /openapi.json answers. */
export function writeOpenApi(): void {
  const document = openApiDocument(operations, projectVersion());
  writeFileSync(join(projectRoot, 'openapi.json'), `${JSON.stringify(document, null, 1)}\n`);
}
