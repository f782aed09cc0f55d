import { expect, test } from "vitest"
import { breaking } from "../../migrations/breaking.js"
import { MigrationProblem } from "../../migrations/problem.js"
import { script } from "./script.js"

const SERVING = { runs: ["id", "status", "note"], shown: ["id"] }
const reasons = async (sql: string, serving: typeof SERVING | undefined = SERVING) =>
  (await breaking([script(sql)], serving)).map(({ why }) => why)

test.each([
  ["drops a table", "DROP TABLE runs", "the serving version uses runs"],
  ["drops a table by its full name", 'DROP TABLE IF EXISTS "public"."runs" CASCADE', "uses runs"],
  ["drops a view", "DROP VIEW shown", "uses shown"],
  ["drops a column", "ALTER TABLE runs DROP COLUMN note", "uses the column note of runs"],
  ["drops a type with what has it", "DROP TYPE run_status CASCADE", "uses run_status"],
  ["drops a sequence", "DROP SEQUENCE tokens", "may use the sequence tokens"],
  ["drops a schema", "DROP SCHEMA public CASCADE", "may use the schema"],
  ["empties a table", "TRUNCATE runs", "shows the rows of runs"],
  ["renames a table", "ALTER TABLE runs RENAME TO jobs", "knows runs by that name"],
  ["renames a column", "ALTER TABLE runs RENAME COLUMN note TO remark", "knows the column note of runs"],
  ["renames a type", "ALTER TYPE run_status RENAME TO status", "knows run_status by that name"],
  ["renames a value", "ALTER TYPE run_status RENAME VALUE 'queued' TO 'waiting'", "queued of run_status"],
  ["renames a sequence", "ALTER SEQUENCE tokens RENAME TO marks", "knows tokens by that name"],
  ["moves a table", "ALTER TABLE runs SET SCHEMA other", "looks for runs in the schema"],
  [
    "changes a type",
    "ALTER TABLE runs ALTER COLUMN note TYPE VARCHAR(9)",
    "note of runs as the type that it is",
  ],
  [
    "requires a column",
    "ALTER TABLE runs ALTER COLUMN note SET NOT NULL",
    "may leave the column note of runs out",
  ],
  [
    "requires one that is unknown",
    "ALTER TABLE runs ALTER old SET NOT NULL",
    "may leave the column old of runs out",
  ],
  [
    "adds a required column",
    "ALTER TABLE runs ADD COLUMN new INT NOT NULL",
    "does not write the new column new",
  ],
  [
    "adds one whose default is nothing",
    "ALTER TABLE runs ADD new INT NOT NULL DEFAULT NULL",
    "does not write",
  ],
  [
    "adds a column and requires it",
    "ALTER TABLE runs ADD COLUMN new INT; UPDATE runs SET new = 1; ALTER TABLE runs ALTER new SET NOT NULL",
    "may leave the column new of runs out",
  ],
  [
    "fills what is there with a default and takes it away",
    "ALTER TABLE runs ADD COLUMN new INT NOT NULL DEFAULT 0, ALTER COLUMN new DROP DEFAULT",
    "may count on the default of the column new",
  ],
  ["drops a default", "ALTER TABLE runs ALTER COLUMN status DROP DEFAULT", "may count on the default"],
  ["drops an identity", "ALTER TABLE runs ALTER COLUMN id DROP IDENTITY", "may count on the default"],
  ["adds a check", "ALTER TABLE runs ADD CONSTRAINT c CHECK (note <> '')", "the new check on note of runs"],
  [
    "adds one for new rows alone",
    "ALTER TABLE runs ADD CHECK (note <> '') NOT VALID",
    "the new check on note",
  ],
  [
    "adds one that asks for a new column",
    "ALTER TABLE runs ADD new INT CHECK (new IS NOT NULL)",
    "new check on new",
  ],
  [
    "adds a foreign key",
    "ALTER TABLE runs ADD FOREIGN KEY (note) REFERENCES other (id)",
    "new foreign key on note",
  ],
  ["adds a unique constraint", "ALTER TABLE runs ADD UNIQUE (note)", "new unique constraint on note of runs"],
  [
    "adds one on a column with a default",
    "ALTER TABLE runs ADD new INT DEFAULT 1 UNIQUE",
    "unique constraint on new",
  ],
  [
    "adds a unique index",
    "CREATE UNIQUE INDEX CONCURRENTLY i ON runs (note)",
    "new unique index on note of runs",
  ],
  ["adds one on an expression", "CREATE UNIQUE INDEX i ON runs (lower(note))", "new unique index"],
  ["adds a primary key", "ALTER TABLE runs ADD PRIMARY KEY (note)", "new primary key on note"],
  ["hides it in a block", "DO $$ BEGIN DROP TABLE runs; END $$", "a DO block changes can't be read"],
  [
    "changes an enum as Prisma does",
    `CREATE TYPE "s_new" AS ENUM ('a'); ALTER TABLE "runs" ALTER COLUMN "status" TYPE "s_new" USING "status"::text::"s_new";
     ALTER TYPE "s" RENAME TO "s_old"; ALTER TYPE "s_new" RENAME TO "s"; DROP TYPE "s_old"`,
    ["status of runs as the type", "knows s by that name"],
  ],
  [
    "replaces a column",
    "ALTER TABLE runs DROP COLUMN note, ADD COLUMN note INT",
    "uses the column note of runs",
  ],
])("a migration that %s breaks what serves", async (_, sql, expected) => {
  const parts = [expected].flat().map((part) => expect.stringContaining(part) as string)
  expect(await reasons(sql)).toEqual(parts)
})

test.each([
  ["drops a table that is no longer known", "DROP TABLE old"],
  ["drops a column that is no longer known", "ALTER TABLE runs DROP COLUMN old"],
  ["changes such a column", "ALTER TABLE runs ALTER old TYPE TEXT; ALTER TABLE runs RENAME old TO older"],
  ["drops a type that nothing has", "DROP TYPE old_status"],
  ["drops an index or a constraint", "DROP INDEX i; ALTER TABLE runs DROP CONSTRAINT c"],
  [
    "changes a table that is no longer known",
    "ALTER TABLE old ADD new INT NOT NULL, ADD UNIQUE (new); TRUNCATE old",
  ],
  [
    "adds columns that need no value",
    "ALTER TABLE runs ADD a INT, ADD b INT NOT NULL DEFAULT 0, ADD c SERIAL NOT NULL",
  ],
  ["adds one with an identity", "ALTER TABLE runs ADD new INT GENERATED ALWAYS AS IDENTITY"],
  [
    "adds one with a default and requires it",
    "ALTER TABLE runs ADD a INT DEFAULT 1; ALTER TABLE runs ALTER a SET NOT NULL",
  ],
  [
    "adds a default and requires what is unknown",
    "ALTER TABLE runs ALTER o SET DEFAULT 1, ALTER o SET NOT NULL",
  ],
  [
    "takes the default of a new column that may be empty",
    "ALTER TABLE runs ADD a INT DEFAULT 1, ALTER a DROP DEFAULT",
  ],
  ["sets a default", "ALTER TABLE runs ALTER note SET DEFAULT ''"],
  ["lets a column be empty", "ALTER TABLE runs ALTER note DROP NOT NULL"],
  [
    "adds constraints on a new column alone",
    "ALTER TABLE runs ADD a INT UNIQUE CHECK (a > 0) REFERENCES other (id)",
  ],
  [
    "adds them later",
    "ALTER TABLE runs ADD a INT; ALTER TABLE runs ADD CHECK (a > 0), ADD FOREIGN KEY (a) REFERENCES o (id)",
  ],
  ["adds a unique index on a new column", "ALTER TABLE runs ADD a INT; CREATE UNIQUE INDEX i ON runs (a)"],
  ["adds an index", "CREATE INDEX i ON runs (note)"],
  ["validates a constraint", "ALTER TABLE runs VALIDATE CONSTRAINT c"],
  ["adds a value", "ALTER TYPE run_status ADD VALUE 'new'"],
  [
    "makes what it then changes",
    `CREATE TABLE made (id INT); ALTER TABLE made ADD a INT NOT NULL, ADD UNIQUE (a); ALTER TABLE made RENAME TO done;
     ALTER TABLE done ALTER a TYPE TEXT; DROP TABLE done; CREATE TYPE t AS ENUM ('a'); ALTER TYPE t RENAME VALUE 'a' TO 'b';
     DROP TYPE t CASCADE; CREATE SEQUENCE s; DROP SEQUENCE s`,
  ],
  ["writes rows", "INSERT INTO runs (id) VALUES (1); UPDATE runs SET note = 'DROP TABLE runs'"],
  ["has a block that changes nothing", "DO $$ BEGIN PERFORM 1; END $$"],
  ["has nothing in it", "-- nothing\n"],
])("a migration that %s breaks nothing", async (_, sql) => {
  expect(await reasons(sql)).toEqual([])
})

test("when it is not known what serves, everything is taken to be used", async () => {
  const sql =
    "DROP TABLE old; DROP TYPE t; ALTER TABLE runs DROP COLUMN a; ALTER TABLE runs ADD b INT NOT NULL"
  expect((await breaking([script(sql)], undefined)).map(({ why }) => why)).toEqual([
    "the serving version uses old",
    "the serving version uses t",
    "the serving version uses the column a of runs",
    expect.stringContaining("does not write the new column b of runs"),
  ])
})

test("what the migrations make themselves is nobody's, even then", async () => {
  const sql = `
    CREATE TABLE made (id INT); ALTER TABLE made ADD a INT NOT NULL; ALTER TABLE made RENAME TO done; DROP TABLE done;
    ALTER TABLE runs ADD b INT; ALTER TABLE runs ALTER b TYPE TEXT; ALTER TABLE runs DROP b;
    CREATE TYPE t AS ENUM ('a'); ALTER TYPE t RENAME TO u; DROP TYPE u`
  expect(await breaking([script(sql)], undefined)).toEqual([])
})

test("what an earlier of the migrations makes is nobody's for a later one", async () => {
  const scripts = [script("CREATE TABLE made (id INT)"), script("DROP TABLE made")]
  expect(await breaking(scripts, undefined)).toEqual([])
})

test("a finding says where it is, after comments and letters of several bytes, and what to do instead", async () => {
  const sql = "-- für später\nSELECT 'ü';\n\n/* the\n table */ -- goes\nDROP TABLE\n  runs;\nSELECT 1"
  expect(await breaking([script(sql)], SERVING)).toEqual([
    {
      file: "1_test/migration.sql",
      line: 6,
      statement: "DROP TABLE runs",
      why: "the serving version uses runs",
      instead: "stop using it in one release, and take it away in a later one, when that release serves",
    },
  ])
})

test("what is no SQL is named by file and line", async () => {
  const broken = breaking([script("SELECT 1;\nALTER TABEL runs")], SERVING)
  await expect(broken).rejects.toThrow(MigrationProblem)
  await expect(broken).rejects.toThrow(/1_test\/migration.sql:2: syntax error at or near "TABEL"/)
})
