import { expect, test } from "vitest"
import { challenges } from "../../registry/challenge.js"

test("a Bearer challenge has a realm, a service and a scope with commas in it", () => {
  const header =
    'Bearer realm="https://auth.test/token",service="registry.test",scope="repository:team/a:pull,push"'
  expect(challenges(header)).toEqual([
    {
      scheme: "bearer",
      parameters: {
        realm: "https://auth.test/token",
        service: "registry.test",
        scope: "repository:team/a:pull,push",
      },
    },
  ])
})

test("several challenges in one header are told apart", () => {
  expect(challenges('Basic realm="a \\"b\\", c", BEARER realm=https://auth.test/token , service=x')).toEqual([
    { scheme: "basic", parameters: { realm: 'a "b", c' } },
    { scheme: "bearer", parameters: { realm: "https://auth.test/token", service: "x" } },
  ])
})

test("a scheme can stand alone, and a header can be empty", () => {
  expect(challenges("Negotiate, Basic")).toEqual([
    { scheme: "negotiate", parameters: {} },
    { scheme: "basic", parameters: {} },
  ])
  expect(challenges("")).toEqual([])
})
