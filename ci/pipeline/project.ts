/**
 * What is true of this repository alone. A team with another Node and PostgreSQL repository changes this file.
 * Text in braces is filled in by the executor; `facts.ts` says with what.
 */
export const project = {
  /** What this project's own is called by on machines that it shares: the stack in a swarm, `agent-staging`. */
  name: "agent",

  /** The packages that can be tested alone, each with the npm script that does it. */
  tests: { server: "test:server", client: "test:client", ci: "test:ci" },

  /** The packages that are built, each with the npm script that does it and the folder that it fills. */
  builds: {
    server: { script: "build:server", output: "server/dist" },
    client: { script: "build:client", output: "client/dist" },
  },

  /** The images that containers start from, by exact tag; what the Dockerfiles and docker-compose.yml name of them is the same. */
  bases: {
    node: "node:24.14.0-bookworm-slim",
    nginx: "nginxinc/nginx-unprivileged:1.28.0-bookworm",
    postgres: "postgres:17.11-bookworm",
    // Of its command line alone. Daemons from 20.10 to 29 and later take it; Debian's is refused from 29 on.
    docker: "docker:28.5.2-cli",
  },

  /** The images that are published: each is built from its Dockerfile, with the root of the repository as context. */
  images: {
    server: { name: "agent-backend", dockerfile: "server/Dockerfile" },
    client: { name: "agent-frontend", dockerfile: "client/Dockerfile" },
  },

  /** Where the migrations are: a folder each, with the script in `migration.sql`. */
  migrations: "server/prisma/migrations",

  /** Names what the server reads and writes: the tables and columns of its models. */
  schema: "server/prisma/schema.prisma",

  /** Settings of the server that are keys of other companies' services. */
  serviceKeys: ["OPENAI_API_KEY", "ANTHROPIC_API_KEY"],

  /** What a deploy runs of a release's server, in the server's folder. */
  commands: {
    migrate: ["npx", "prisma", "migrate", "deploy"],
    /** Followed by the name of a migration that failed and was taken back. */
    migrationResolved: ["npx", "prisma", "migrate", "resolve", "--rolled-back"],
    smokeKey: ["node", "dist/keys.js", "create", "--name", "deploy smoke test", "--connector", "sandbox"],
    revokeSmokeKeys: ["node", "dist/keys.js", "revoke", "--name", "deploy smoke test"],
  },

  /** What the front leads to the server; all else goes to the client. Metrics are not for everybody. */
  serverPaths: ["/api/", "/healthz", "/readyz", "/version"],

  /** The server as the pipeline starts it, once built. */
  server: {
    command: ["node", "server/dist/main.js"],
    /** Answers 200 when the server can take requests. */
    readyPath: "/readyz",
    defaultPort: "3000",
    /** Makes an API key for the smoke test, which may use the sandbox connector alone; prints the key and nothing else. */
    smokeKey: ["node", "server/dist/keys.js", "create", "--name", "smoke", "--connector", "sandbox"],
    environment: {
      NODE_ENV: "production",
      APP_ENVIRONMENT: "local",
      HOST: "127.0.0.1",
      PORT: "{serverPort}",
      DATABASE_URL: "{databaseUrl}",
      CORS_ORIGINS: "{clientUrl}",
      COMMIT: "{commit}",
      DEFAULT_CONNECTOR: "sandbox",
      // A developer's own .env stays out of what the pipeline starts.
      DOTENV_CONFIG_PATH: "/dev/null",
    },
  },

  /** The client as the pipeline serves it, once built. */
  client: {
    directory: "client/dist",
    defaultPort: "8080",
    /** Replaced when the files are served, so that one build serves every environment. */
    config: { path: "/config.js", body: 'window.APP_CONFIG = { apiBaseUrl: "{serverUrl}" }\n' },
  },
} as const
