# One image for every process of Waystop; the first argument says which (tools/container/commands.ts lists them):
#   docker run waystop:0.1.0 gateway
#   docker run waystop:0.1.0 migrate stops
FROM node:24.21.0-bookworm-slim AS node
WORKDIR /app

FROM node AS packages
COPY package.json package-lock.json .npmrc ./
# The optional packages are the PostgreSQL binaries of `npm start`; a container is given a server instead.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node AS build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json nest-cli.json rspack.config.js ./
COPY libs libs
COPY apps apps
COPY tools tools
RUN node tools/dev/prepare/build.js services client

FROM node
# What only installs or builds has no place beside a running service.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn*
COPY package.json ./
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.title="Waystop" \
      org.opencontainers.image.description="Runs a nationwide workshop tour: stops, delegations, sharing sessions" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
# One native heap for all threads of a process, as under `npm start`: each would else keep one of its own.
ENV NODE_ENV=production HEALTH_HOST=0.0.0.0 HEALTH_PORT=8081 MALLOC_ARENA_MAX=1
USER 10001:10001
EXPOSE 3000 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "dist/tools/container/entry.js", "health", "live"]
# The exec form: signals reach Node and no shell stands between.
ENTRYPOINT ["node", "--enable-source-maps", "--max-semi-space-size=32", "dist/tools/container/entry.js"]
CMD ["help"]
