import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { execa } from "execa"
import { expect, onTestFinished } from "vitest"
import { push } from "../../../images/push.js"
import { project } from "../../../pipeline/project.js"
import { migrationsIn } from "../../../release/migrations.js"
import type { ReleaseRecord } from "../../../release/record.js"
import { tablesOf } from "../../../release/tables.js"
import { docker } from "../docker/docker.js"
import type { Releases } from "../targets/swarm/releases.js"

/** A migration that fails. */
export const BROKEN = { name: "20991231000000_broken", sql: "SELECT 1 / 0;\n" }

/** A migration that the version before can live with. */
export const LATER = {
  name: "20991230000000_note",
  sql: 'ALTER TABLE "workflows" ADD COLUMN "note" TEXT;\n',
}
const LATER_COMMIT = "d".repeat(40)

/** The platform's images as whole records, and some that are broken on purpose. */
export async function platformReleases({ good: images, crashing }: Releases) {
  const migrations = await migrationsIn(project.migrations)
  const tables = tablesOf(await readFile(project.schema, "utf8"))
  const good: ReleaseRecord = { ...images, migrations, tables }
  const { server, client } = good.images
  const migrating = await changed(server.reference, adding(BROKEN))
  const later = await changed(server.reference, `${adding(LATER)}\nENV COMMIT=${LATER_COMMIT}`)
  const deaf = await changed(server.reference, 'CMD ["node", "--eval", "setInterval(() => 0, 1000)"]')
  const empty = await changed(client.reference, "RUN echo '<html></html>' > /srv/client/index.html")
  return {
    good,
    /** Another commit, with a migration of its own. */
    later: {
      ...good,
      commit: LATER_COMMIT,
      images: { server: { ...server, ...later }, client },
      migrations: [...migrations, recordOf(LATER)],
    },
    /** Its server starts and never listens. */
    neverReady: { ...good, images: { server: { ...server, ...deaf }, client } },
    crashing: { ...good, images: crashing.images },
    wrongCommit: { ...good, commit: "f".repeat(40) },
    noPage: { ...good, images: { server, client: { ...client, ...empty } } },
    badMigration: {
      ...good,
      images: { server: { ...server, ...migrating }, client },
      migrations: [...migrations, recordOf(BROKEN)],
    },
  } satisfies Record<string, ReleaseRecord>
}

type Migration = typeof BROKEN

function adding({ name, sql }: Migration): string {
  const folder = `prisma/migrations/${name}`
  return `RUN mkdir ${folder} && echo '${sql.trim()}' > ${folder}/migration.sql`
}

const recordOf = ({ name, sql }: Migration) => ({
  name,
  checksum: createHash("sha256").update(sql).digest("hex"),
})

/** An image with a change on top, in the same registry. */
async function changed(reference: string, change: string) {
  const { stdout: user } = await docker(["image", "inspect", "--format", "{{.Config.User}}", reference])
  const [repository = ""] = reference.split("@")
  const local = `${repository}:changed-${createHash("sha256").update(change).digest("hex").slice(0, 8)}`
  const input = `FROM ${reference}\nUSER root\n${change}\nUSER ${user}\n`
  const run = await execa("docker", ["build", "--tag", local, "-"], { input, reject: false, all: true })
  expect(run.exitCode, run.all).toBe(0)
  onTestFinished(async () => {
    await docker(["image", "rm", "--force", local])
  })
  const digest = await push({ local, repository, tag: local.split(":").at(-1) ?? "", config: "" })
  return { reference: `${repository}@${digest}`, digest }
}
