FROM node:24-bookworm-slim AS build
# better-sqlite3 comes prebuilt for Node 24; the compiler is for machines for which it does not.
RUN apt-get update \
 && apt-get install -y --no-install-recommends build-essential python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY scripts/build.js ./scripts/
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production \
    DATA_DIR=/data \
    ARTICLES_DIR=/articles \
    HTTP_HOST=0.0.0.0 \
    HTTP_PORT=8080
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
# Articles to begin with; a folder mounted there takes their place.
COPY seeds /articles
RUN mkdir /data && chown node:node /data
USER node
VOLUME ["/data", "/articles"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.HTTP_PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# No shell in between: SIGTERM reaches the program, which ends by itself.
CMD ["node", "dist/main.js"]
