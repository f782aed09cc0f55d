import { expect, test } from "vitest"
import { connectionVariables, databaseName, withDatabase } from "../../../data/postgres/address.js"

const URL_ = "postgresql://us%40er:pa%2Fss@database:6432/app?schema=public&sslmode=require"

test("a URL becomes the variables that PostgreSQL's programs know", () => {
  expect(connectionVariables(URL_)).toEqual({
    PGHOST: "database",
    PGPORT: "6432",
    PGUSER: "us@er",
    PGPASSWORD: "pa/ss",
    PGDATABASE: "app",
    PGSSLMODE: "require",
  })
})

test("an IPv6 address loses its brackets", () => {
  expect(connectionVariables("postgresql://u@[::1]:5432/app")["PGHOST"]).toBe("::1")
})

test("another database of the same server keeps all else", () => {
  const url = withDatabase(URL_, "app check/1")
  expect(databaseName(url)).toBe("app check/1")
  expect(url).toContain("us%40er:pa%2Fss@database:6432")
  expect(url).toContain("sslmode=require")
})

test("a URL without a database is an error that says what to add", () => {
  expect(() => databaseName("postgresql://u@h:5432/")).toThrow(
    /expected a database's name .* add it after the port/,
  )
})
