import { fastify } from 'fastify';
import type { BarePage } from './bare-fastify.js';

/** The yardstick of public reads: nothing but Fastify and the bytes. */
process.once('message', (page) => {
  const { body, contentType } = page as BarePage;
  const server = fastify();
  server.get('/', (_request, reply) => {
    void reply.header('content-type', contentType).send(body);
  });
  void server.listen({ host: '127.0.0.1', port: 0 }).then(() => {
    const address = server.server.address();
    process.send?.(typeof address === 'object' ? address?.port : 0);
  });
});
