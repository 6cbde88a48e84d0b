import { createHash } from 'node:crypto';

const style = `body{font:18px/1.7 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei",sans-serif;
max-width:36rem;margin:15vh auto;padding:0 1rem;color:#16243a}h1{font-size:1.5rem}a{color:#0b5cad}`;

/** Shown while the web process is away; the gateway itself works, and so does the API. */
export const unavailablePage = {
  html: `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="10">
<title>页面暂时无法显示 · Waystop</title><style>${style}</style></head>
<body><main><h1>页面暂时无法显示</h1>
<p>您的报名和数据都在，系统其余部分正常运行。本页每 10 秒自动重试。</p>
<h2 lang="en">The pages are unavailable right now</h2>
<p lang="en">Your registrations and data are safe, and the rest of the system works. This page tries again every
10 seconds.</p></main></body></html>`,
  policy: `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`,
};
