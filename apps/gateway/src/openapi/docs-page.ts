/** Swagger UI sets styles on elements and draws its icons from data; scripts come from here alone. */
export const docsPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

export const docsPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Waystop API</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <noscript>The document itself: <a href="/openapi.json">/openapi.json</a></noscript>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

export const startScript = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'list',
  persistAuthorization: false,
});
`;

/** What every problem's \`type\` points to. */
export function problemsPage(problems: Record<string, { status: number; title: string }>): string {
  const rows = Object.entries(problems).map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Problems of the Waystop API</title></head>
  <body>
    <h1>Problems</h1>
    <table>
      <thead><tr><th>code</th><th>status</th><th>meaning</th></tr></thead>
      <tbody>${rows.join('\n')}</tbody>
    </table>
  </body>
</html>
`;
}
