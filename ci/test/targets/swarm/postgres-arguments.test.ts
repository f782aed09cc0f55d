import { describe, expect, test } from "vitest"
import { programArgs, splitPassword } from "../../../targets/swarm/postgres-arguments.js"

const PLACE = { name: "one", network: "agent-staging", image: "postgres:17" }

describe("a program of PostgreSQL", () => {
  test("has its password by itself", () => {
    expect(splitPassword("postgresql://agent:p%40ss%25@host:5432/agent")).toEqual({
      url: "postgresql://agent@host:5432/agent",
      password: "p@ss%",
    })
  })

  test("is spared the parameters of others", () => {
    const { url } = splitPassword("postgresql://a:b@h/d?schema=public&sslmode=require&connection_limit=5")
    expect(url).toBe("postgresql://a@h/d?sslmode=require")
  })

  test("shows no password among its arguments, and writes no dump into a log", () => {
    const databaseUrl = "postgresql://agent:moonlight@host:5432/agent"
    const args = programArgs(PLACE, { program: "pg_dump", args: ["--format=custom"], databaseUrl })
    expect(args.join(" ")).not.toContain("moonlight")
    expect(args.join(" ")).toContain("--log-driver none --env PGPASSWORD --entrypoint pg_dump postgres:17")
    expect(args.slice(-2)).toEqual(["--dbname=postgresql://agent@host:5432/agent", "--format=custom"])
  })
})
