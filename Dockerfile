# The sync worker as a process that runs for long, instead of the Lambda: docker build -t octally-worker .
# Its environment is the Lambda's (services/sync-worker/src/config.ts), and WORKER_CONCURRENCY (2).
FROM node:22-slim AS build
WORKDIR /octally
RUN npm install --global --no-audit --no-fund pnpm@12.21.0
COPY . .
RUN pnpm install --frozen-lockfile && node tools/build-container.ts

FROM node:22-slim
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
WORKDIR /octally
COPY --from=build /octally/dist/worker-container ./
# The user without rights that the base image brings.
USER node
# Node is process 1 and gets SIGTERM itself: it finishes what is in hand (25 s at most: docker stop --time 30) and ends.
STOPSIGNAL SIGTERM
CMD ["node", "worker-container.mjs"]
