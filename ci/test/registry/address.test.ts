import { expect, test } from "vitest"
import { registryAddress } from "../../registry/address.js"

test.each([
  ["registry.test/team", "https://registry.test/v2", "registry.test/team"],
  ["registry.test", "https://registry.test/v2", "registry.test"],
  ["registry.test:5000/a/b-c_d/", "https://registry.test:5000/v2", "registry.test:5000/a/b-c_d"],
  ["https://registry.test/team", "https://registry.test/v2", "registry.test/team"],
  ["http://registry:5000", "http://registry:5000/v2", "registry:5000"],
  ["127.0.0.1:5000/team", "http://127.0.0.1:5000/v2", "127.0.0.1:5000/team"],
  ["localhost:5000", "http://localhost:5000/v2", "localhost:5000"],
  ["localhost", "http://localhost/v2", "localhost"],
  ["[::1]:5000", "http://[::1]:5000/v2", "[::1]:5000"],
  ["https://127.0.0.1:5000", "https://127.0.0.1:5000/v2", "127.0.0.1:5000"],
])("%s has its API at %s and its images at %s", (given, api, prefix) => {
  expect(registryAddress(given)).toMatchObject({ api, prefix })
})

test("capitals of an account's name become small letters, as references have them", () => {
  expect(registryAddress("Registry.test/MyTeam").prefix).toBe("registry.test/myteam")
})

test("Docker Hub's images and its API have different hosts, and its credentials a third name", () => {
  const expected = {
    api: "https://registry-1.docker.io/v2",
    prefix: "docker.io/team",
    credentialsKey: "https://index.docker.io/v1/",
  }
  expect(registryAddress("docker.io/team")).toMatchObject(expected)
  expect(registryAddress("index.docker.io/team")).toMatchObject(expected)
})

test.each([
  ["", '"" is no host'],
  ["registry_.test/team", '"registry_.test" is no host'],
  ["registry.test:port", '"registry.test:port" is no host'],
  ["registry.test//team", '"" is no namespace'],
  ["registry.test/-team", '"-team" is no namespace'],
  ["ftp://registry.test", '"ftp:" is no host'],
  ["myteam", 'docker would look for "myteam" on Docker Hub; write docker.io/myteam, or the host in full'],
  ["docker.io", "Docker Hub needs a user or organisation"],
])('"%s" is refused, saying why', (given, why) => {
  const expected = `expected [http://]host[:port][/namespace], received ${given}: ${why}`
  expect(() => registryAddress(given)).toThrow(expected)
})

test("an address with a password in it is refused without repeating it", () => {
  const given = ["https://user", "moonlight@registry.test"].join(":")
  const refusal = () => registryAddress(given)
  expect(refusal).toThrow(/^expected .* the password in REGISTRY_PASSWORD/)
  expect(refusal).not.toThrow(/moonlight/)
})
