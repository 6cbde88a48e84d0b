// Writes openapi.json anew, the committed copy of what GET /openapi.json answers.
import { writeFileSync } from 'node:fs';
import { prepare } from '../dev/prepare.js';

prepare();
const { openApiDocument, projectVersion } = await import('../../dist/apps/gateway/src/openapi/document.js');
const { operations } = await import('../../dist/apps/gateway/src/operations/operations.js');
const document = openApiDocument(operations, projectVersion());
writeFileSync(new URL('../../openapi.json', import.meta.url), `${JSON.stringify(document, null, 1)}\n`);
