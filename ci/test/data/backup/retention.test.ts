import { expect, test } from "vitest"
import { backupName, namesOf, parseBackupName } from "../../../data/backup/names.js"
import { expired } from "../../../data/backup/retention.js"

const NOW = new Date("2026-11-25T08:00:00Z")
/** A backup of some days ago. */
const ago = (days: number, environment = "staging") =>
  backupName({ environment, time: new Date(NOW.getTime() - days * 86_400_000), label: "1a2b3c4" })

test("a name says whose backup it is, when and of what", () => {
  const given = { environment: "eu-staging-2", time: NOW, label: "1a2b3c4+99aabbcc" }
  const name = backupName(given)
  expect(name).toBe("eu-staging-2-20261125T080000000Z-1a2b3c4+99aabbcc")
  expect(parseBackupName(name)).toEqual(given)
  expect(parseBackupName("notes.txt")).toBeUndefined()
})

test("a label with a hyphen or a slash does not break a name", () => {
  const name = backupName({ environment: "staging", time: NOW, label: "v1-2/3" })
  expect(parseBackupName(name)).toEqual({ environment: "staging", time: NOW, label: "v1_2_3" })
})

test("another environment's names and other files are left out", () => {
  const names = [ago(1), ago(2), ago(3, "eu-staging"), "staging-notes", `sanitized-${ago(4)}`]
  expect(namesOf("staging", names)).toEqual([ago(2), ago(1)])
})

test("the newest stay, however old they are", () => {
  const names = [ago(400), ago(300), ago(200)]
  expect(expired(names, { keep: 2, days: 30, now: NOW })).toEqual([ago(400)])
})

test("the young stay, however many they are", () => {
  const names = [ago(40), ago(29), ago(28), ago(1)]
  expect(expired(names, { keep: 1, days: 30, now: NOW })).toEqual([ago(40)])
})

test("with an age of 0 days, the number alone decides", () => {
  const names = [ago(0.1), ago(0.2), ago(0.3)]
  expect(expired(names, { keep: 2, days: 0, now: NOW })).toEqual([ago(0.3)])
})

test("what is no backup's name never expires", () => {
  expect(expired(["notes", ago(50), ago(40)], { keep: 1, days: 1, now: NOW })).toEqual([ago(50)])
})
