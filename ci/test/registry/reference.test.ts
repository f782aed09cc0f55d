import { expect, test } from "vitest"
import { digestIn } from "../../registry/reference.js"

const DIGEST = `sha256:${"a1".repeat(32)}`
const REPOSITORY = "registry.test:5000/team/agent-backend"

test.each([`${REPOSITORY}@${DIGEST}`, `${REPOSITORY}:v1@${DIGEST}`])("%s has the digest", (reference) => {
  expect(digestIn(REPOSITORY, reference)).toBe(DIGEST)
})

test.each([
  REPOSITORY,
  `${REPOSITORY}:v1`,
  `${REPOSITORY}@sha256:a1`,
  `registry.test:5000/team/agent-frontend@${DIGEST}`,
  `registry.test/team/agent-backend@${DIGEST}`,
])("%s is refused", (reference) => {
  const expected = `expected ${REPOSITORY}@sha256:<64 hexadecimal digits>, received ${reference}`
  expect(() => digestIn(REPOSITORY, reference)).toThrow(expected)
})
