/**
 * The schema `delivery`, in versions: each text is a step on top of those before it. A step that was released is never
 * changed, and only adds: a program of before it goes on working.
 */
export const SCHEMA_STEPS: readonly string[] = [
  `CREATE TABLE delivery.environment (
     is_the_only boolean PRIMARY KEY DEFAULT true CHECK (is_the_only),
     name text NOT NULL,
     since timestamptz NOT NULL DEFAULT now()
   );

   CREATE TABLE delivery.fingerprints (
     environment text,
     name text,
     salt text NOT NULL,
     hash text NOT NULL,
     PRIMARY KEY (environment, name)
   );

   CREATE TABLE delivery.deployments (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     environment text NOT NULL,
     kind text NOT NULL CHECK (kind IN ('deploy', 'rollback')),
     release jsonb NOT NULL,
     version text NOT NULL,
     who text NOT NULL,
     host text NOT NULL,
     previous bigint REFERENCES delivery.deployments,
     started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     ended_at timestamptz,
     outcome text NOT NULL DEFAULT 'running'
       CHECK (outcome IN ('running', 'succeeded', 'taken back', 'failed', 'abandoned')),
     reason text,
     failed_step text,
     serving text
   );

   CREATE TABLE delivery.steps (
     deployment bigint REFERENCES delivery.deployments ON DELETE CASCADE,
     position int,
     name text NOT NULL,
     started_at timestamptz NOT NULL,
     seconds double precision,
     outcome text NOT NULL,
     note text,
     PRIMARY KEY (deployment, position)
   );

   CREATE TABLE delivery.lock (
     is_the_only boolean PRIMARY KEY DEFAULT true CHECK (is_the_only),
     pid int NOT NULL,
     who text NOT NULL,
     host text NOT NULL,
     since timestamptz NOT NULL DEFAULT clock_timestamp(),
     deployment bigint,
     step text
   );`,
]
