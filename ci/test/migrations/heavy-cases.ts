/** Words for what a migration does to a large table. */
export const REWRITES = "rewrites it"
const SCANS = "reads all of it, and nobody can read or write"
const STOPS_WRITES = "reads all of it, and nobody can write"

/** What a migration does, its text, and words of what is found in it. */
export const HEAVY: readonly (readonly [string, string, string])[] = [
  ["changes a type", "ALTER TABLE runs ALTER COLUMN a TYPE BIGINT", REWRITES],
  [
    "adds a column with a value for each row",
    "ALTER TABLE runs ADD n UUID DEFAULT gen_random_uuid()",
    REWRITES,
  ],
  [
    "adds one with such a value within",
    "ALTER TABLE runs ADD n TEXT DEFAULT ('a' || random()::text)",
    REWRITES,
  ],
  [
    "adds one with a time within",
    "ALTER TABLE runs ADD n DATE DEFAULT date_trunc('day', clock_timestamp())",
    REWRITES,
  ],
  ["adds one with a serial number", "ALTER TABLE runs ADD n BIGSERIAL", REWRITES],
  ["adds one with an identity", "ALTER TABLE runs ADD n INT GENERATED ALWAYS AS IDENTITY", REWRITES],
  ["adds one that is computed", "ALTER TABLE runs ADD n INT GENERATED ALWAYS AS (b * 2) STORED", REWRITES],
  ["stops logging", "ALTER TABLE runs SET UNLOGGED", REWRITES],
  ["starts logging", "ALTER TABLE runs SET LOGGED", REWRITES],
  ["moves it to another disk", "ALTER TABLE runs SET TABLESPACE other", REWRITES],
  ["stores it in another way", "ALTER TABLE runs SET ACCESS METHOD other", REWRITES],
  ["requires a column", "ALTER TABLE runs ALTER COLUMN a SET NOT NULL", SCANS],
  ["adds a check", "ALTER TABLE runs ADD CHECK (a > 0)", SCANS],
  ["adds a foreign key", "ALTER TABLE runs ADD FOREIGN KEY (a) REFERENCES few (id)", STOPS_WRITES],
  ["adds a unique constraint", "ALTER TABLE runs ADD UNIQUE (a)", SCANS],
  ["adds an exclusion", "ALTER TABLE runs ADD EXCLUDE (a WITH =)", SCANS],
  ["adds a column that is unique", "ALTER TABLE runs ADD n INT UNIQUE", SCANS],
  ["makes an index", "CREATE INDEX i ON runs (a)", STOPS_WRITES],
  ["makes an index anew", "REINDEX TABLE runs", STOPS_WRITES],
  ["orders it", "CLUSTER runs USING i", REWRITES],
  ["vacuums it in full", "VACUUM (FULL) runs", REWRITES],
  ["refreshes a view", "REFRESH MATERIALIZED VIEW runs", SCANS],
  ["locks it", "LOCK TABLE runs", "locks it until"],
  ["changes every row", "UPDATE runs SET a = 1", "locks every row"],
  ["deletes every row", "DELETE FROM runs", "locks every row"],
  ["does so in another schema", "DELETE FROM audit.log", "audit.log has about 5000000 rows"],
]

/** What a migration does that keeps nobody waiting, and its text. */
export const LIGHT: readonly (readonly [string, string])[] = [
  [
    "does so to a small table",
    "ALTER TABLE few ALTER a TYPE BIGINT; CREATE INDEX i ON few (a); UPDATE few SET a = 1",
  ],
  [
    "adds a column with one value for all",
    "ALTER TABLE runs ADD n INT NOT NULL DEFAULT 0, ADD m TIMESTAMPTZ DEFAULT now()",
  ],
  ["adds one with the time as a keyword", "ALTER TABLE runs ADD n TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP"],
  [
    "adds one with a time of the transaction",
    "ALTER TABLE runs ADD n TIMESTAMP DEFAULT (now() AT TIME ZONE 'utc'), ADD m TIMESTAMPTZ DEFAULT date_trunc('day', now())",
  ],
  ["makes an index concurrently", "CREATE INDEX CONCURRENTLY i ON runs (a)"],
  [
    "makes one anew concurrently",
    "REINDEX TABLE CONCURRENTLY runs; REFRESH MATERIALIZED VIEW CONCURRENTLY runs",
  ],
  [
    "adds constraints for new rows alone",
    "ALTER TABLE runs ADD CHECK (a > 0) NOT VALID, ADD FOREIGN KEY (a) REFERENCES few (id) NOT VALID",
  ],
  ["validates one", "ALTER TABLE runs VALIDATE CONSTRAINT c"],
  ["makes a constraint of an index", "ALTER TABLE runs ADD UNIQUE USING INDEX i"],
  ["drops a column", "ALTER TABLE runs DROP COLUMN a, ALTER b DROP NOT NULL, ALTER c SET DEFAULT random()"],
  ["changes some rows", "UPDATE runs SET a = 1 WHERE id = 1; DELETE FROM runs WHERE id = 2"],
  ["vacuums it", "VACUUM runs"],
  [
    "makes the table itself",
    "CREATE TABLE runs (a INT); CREATE INDEX i ON runs (a); ALTER TABLE runs ALTER a TYPE TEXT",
  ],
]
