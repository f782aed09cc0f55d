import { readSettings } from "../../../../environment/settings/read.js"
import type { LocalSettings } from "../../../../environment/settings/settings.js"
import { localTarget } from "../../../../targets/local/local.js"
import type { Instance } from "../../../../targets/target.js"

/** Switches as a deploy does, and then hangs: `tsx switcher.ts <folder> <settings> <instance> <confirm or not>`. */
const [folder = "", document = "", instance = "", then = ""] = process.argv.slice(2)
const target = await localTarget(readSettings("local", document) as LocalSettings, folder)
const switched = await target.switchTo(JSON.parse(instance) as Instance, new AbortController().signal)
if (then === "confirm") await switched.confirm()
console.log("switched")
setInterval(() => undefined, 1_000)
