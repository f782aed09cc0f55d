CREATE TYPE "connector" AS ENUM ('sandbox', 'openai', 'anthropic');
CREATE TYPE "run_status" AS ENUM ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted');
CREATE TYPE "step_status" AS ENUM ('pending', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted');

-- A later claim of a step always has the greater token.
CREATE SEQUENCE "fencing_tokens" AS BIGINT;

CREATE TABLE "workflows" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "number" BIGSERIAL NOT NULL,
  "goal" TEXT NOT NULL,
  "connector" "connector" NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "workflows_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "workflows_number_key" ON "workflows" ("number");

CREATE TABLE "workflow_steps" (
  "workflow_id" UUID NOT NULL,
  "position" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "prompt" TEXT NOT NULL,
  CONSTRAINT "workflow_steps_pkey" PRIMARY KEY ("workflow_id", "position"),
  CONSTRAINT "workflow_steps_position_check" CHECK ("position" >= 1),
  CONSTRAINT "workflow_steps_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflows" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "runs" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "number" BIGSERIAL NOT NULL,
  "workflow_id" UUID NOT NULL,
  "status" "run_status" NOT NULL DEFAULT 'queued',
  "version" INTEGER NOT NULL DEFAULT 1,
  "error" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "started_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3),
  CONSTRAINT "runs_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "runs_finished_check" CHECK (("finished_at" IS NULL) = ("status" IN ('queued', 'running'))),
  CONSTRAINT "runs_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflows" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "runs_number_key" ON "runs" ("number");
CREATE INDEX "runs_workflow_id_number_idx" ON "runs" ("workflow_id", "number");

CREATE TABLE "run_steps" (
  "run_id" UUID NOT NULL,
  "position" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "prompt" TEXT NOT NULL,
  "status" "step_status" NOT NULL DEFAULT 'pending',
  "output" TEXT,
  "error" TEXT,
  "fencing_token" BIGINT,
  "lease_expires_at" TIMESTAMPTZ(3),
  "called_at" TIMESTAMPTZ(3),
  "started_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3),
  "duration_ms" INTEGER,
  CONSTRAINT "run_steps_pkey" PRIMARY KEY ("run_id", "position"),
  -- A running step has an owner, or it could never be taken from a server that died.
  CONSTRAINT "run_steps_owner_check" CHECK ("status" <> 'running' OR ("fencing_token" IS NOT NULL AND "lease_expires_at" IS NOT NULL)),
  CONSTRAINT "run_steps_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "run_steps_status_lease_expires_at_idx" ON "run_steps" ("status", "lease_expires_at");

CREATE TABLE "api_keys" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "name" TEXT NOT NULL,
  "secret_hash" TEXT NOT NULL,
  "connectors" TEXT[],
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "revoked_at" TIMESTAMPTZ(3),
  CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id"),
  -- Prisma reads NULL as an empty list; an empty list itself would then mean "none" here and "all" there.
  CONSTRAINT "api_keys_connectors_check" CHECK (cardinality("connectors") > 0)
);
