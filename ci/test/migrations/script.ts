import type { Script } from "../../migrations/script.js"

/** A migration with a text. */
export const script = (sql: string): Script => ({ name: "1_test", file: "1_test/migration.sql", sql })
