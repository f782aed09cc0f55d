import { dag, type Container, type Service } from "@dagger.io/dagger"
import { project } from "../pipeline/project.js"

/** Nothing of it has to survive; the password keeps nobody out, since only the bound container reaches it. */
const USER = "postgres"
const SETTINGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]

/** The container with a throwaway PostgreSQL under the name `database`, and its URL. */
export function withPostgres(container: Container): { container: Container; url: string } {
  return {
    container: container.withServiceBinding("database", postgres()),
    url: `postgresql://${USER}:${USER}@database:5432/${USER}`,
  }
}

function postgres(): Service {
  return dag
    .container()
    .from(project.bases.postgres)
    .withEnvVariable("POSTGRES_PASSWORD", USER)
    .withExposedPort(5432)
    .asService({ useEntrypoint: true, args: ["postgres", ...SETTINGS.flatMap((setting) => ["-c", setting])] })
}
