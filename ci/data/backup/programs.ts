import { execa } from "execa"
import type { DataContext } from "../context.js"
import { serverMajor } from "../postgres/server-version.js"
import type { PostgresPrograms } from "../../targets/target.js"
import { pathPrograms } from "./path-programs.js"

/** Programs that fit the environment's server, and the URL under which they reach its database. */
export interface FittingPrograms extends PostgresPrograms {
  readonly databaseUrl: string
}

/**
 * The programs of the target, else those on PATH when they are no older than the server.
 * @returns in words why there are none, when there are none
 */
export async function fittingPrograms(context: DataContext): Promise<FittingPrograms | string> {
  const { target, databaseUrlForServer } = context
  if (target.postgres)
    return { origin: target.postgres.origin, run: runOf(target.postgres), databaseUrl: databaseUrlForServer }
  const [server, own] = await Promise.all([serverMajor(target.databaseUrl), majorOnPath()])
  if (own === undefined) return `no pg_dump is on PATH, and the server is PostgreSQL ${server}`
  if (own < server) return `the pg_dump on PATH is version ${own}, older than the server's ${server}`
  return { ...pathPrograms(own), databaseUrl: target.databaseUrl }
}

const runOf = (programs: PostgresPrograms) => (call: Parameters<PostgresPrograms["run"]>[0]) =>
  programs.run(call)

/** @throws saying what to do, when there are no programs */
export async function neededPrograms(context: DataContext): Promise<FittingPrograms> {
  const programs = await fittingPrograms(context)
  if (typeof programs === "string")
    throw new Error(
      `expected PostgreSQL's programs, but ${programs}; ${howToGetPrograms(context.target.name)}`,
    )
  return programs
}

/** What a person can do when no pg_dump fits. */
export function howToGetPrograms(target: string): string {
  const install = "install PostgreSQL's client programs, of the server's version or newer"
  return target === "local"
    ? install
    : `set POSTGRES_IMAGE to an image with a pg_dump that fits, or ${install}`
}

async function majorOnPath(): Promise<number | undefined> {
  const { failed, stdout } = await execa("pg_dump", ["--version"], { reject: false, stdin: "ignore" })
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1]
  return failed || major === undefined ? undefined : Number(major)
}
