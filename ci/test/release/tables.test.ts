import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { project } from "../../pipeline/project.js"
import { ReleaseFailure } from "../../release/failure.js"
import { tablesOf } from "../../release/tables.js"

const HEAD = `
datasource db {
  provider = "postgresql"
  url      = "postgresql://never-used"
}
`
const tables = (models: string) => tablesOf(HEAD + models)

test("a model is a table under the name that the database has for it", () => {
  const model = (name: string, more = "") => `model ${name} {\n  id Int @id\n  ${more}\n}\n`
  expect(tables(model("Plain") + model("Mapped", '@@map("rows of it")'))).toEqual({
    Plain: ["id"],
    "rows of it": ["id"],
  })
})

test("a field is a column under the name that the database has for it, an enum's too", () => {
  const kind = `enum Kind {\n  small\n  large\n  @@map("kind")\n}\n`
  const fields = ['id Int @id @map("the id")', "kind Kind", "kinds Kind[]"]
  expect(tables(`${kind}model A {\n${fields.join("\n")}\n}\n`)).toEqual({
    A: ["the id", "kind", "kinds"],
  })
})

test("relations are no columns, and many-to-many ones have none", () => {
  const a = [
    "id Int @id",
    "many B[]",
    'b B @relation(name: "one", fields: [bId], references: [id])',
    "bId Int",
  ]
  const b = ["id Int @id", "many A[]", 'back A[] @relation("one")']
  expect(tables(`model A {\n${a.join("\n")}\n}\nmodel B {\n${b.join("\n")}\n}\n`)).toEqual({
    A: ["id", "bId"],
    B: ["id"],
  })
})

test("what Prisma's client leaves alone is not the server's", () => {
  const ignored = "model Gone {\n  id Int @id\n  @@ignore\n}\n"
  expect(
    tables(`${ignored}model A {\n  id Int @id\n  old String? @ignore\n  at Unsupported("point")?\n}\n`),
  ).toEqual({ A: ["id"] })
})

test("the server's own schema can be read", async () => {
  const own = tablesOf(await readFile(project.schema, "utf8"))
  expect(own["workflow_steps"]).toEqual(["workflow_id", "position", "name", "prompt"])
})

test("a schema that Prisma can't read is an error with its words", () => {
  expect(() => tables("model A {\n  id Int @nothing\n}\n")).toThrow(ReleaseFailure)
  expect(() => tables("model A {\n  id Int @nothing\n}\n")).toThrow(
    /expected a schema.prisma .*Attribute not known/,
  )
})
