import { execa } from "execa"
import { interruption } from "../../host/interruption.js"

/** A program that has a child when it is interrupted, says with what, and takes its time to end. */
const signal = interruption(new Error("the reason"))
const child = execa("sleep", ["600"], { reject: false })
signal.addEventListener("abort", () => {
  console.log((signal.reason as Error).message)
  setTimeout(() => child.kill(), 1_500)
})
console.log(`${process.pid} is ready`)
await child
console.log("ended")
process.exitCode = 3
