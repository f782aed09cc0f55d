import { execa } from "execa"
import { interruption } from "../../host/interruption.js"

/** A program that has a child when it is interrupted, says with what, and ends in its own way. */
const signal = interruption(new Error("the reason"))
const child = execa("sleep", ["600"], { reject: false })
signal.addEventListener("abort", () => {
  console.log((signal.reason as Error).message)
  setTimeout(() => child.kill(), 100)
})
console.log("ready")
await child
process.exitCode = 3
