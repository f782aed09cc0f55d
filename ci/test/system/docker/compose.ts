import { execa } from "execa"

const found = await composeCommand()
/** The command, as words; empty where there is none. */
export const compose: readonly string[] = found ?? []
/** Why docker-compose.yml can't be brought up here; `undefined` when it can. */
export const noCompose =
  found === undefined ? "neither docker compose nor docker-compose is there" : undefined
if (noCompose !== undefined) console.warn(`docker-compose.yml is not tested: ${noCompose}`)

async function composeCommand(): Promise<string[] | undefined> {
  const works = async ([file = "", ...args]: string[]) =>
    !(await execa(file, [...args, "version"], { reject: false })).failed
  if (await works(["docker", "compose"])) return ["docker", "compose"]
  return (await works(["docker-compose"])) ? ["docker-compose"] : undefined
}
