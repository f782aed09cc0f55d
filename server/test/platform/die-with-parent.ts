// Loaded into each server process under test: its standard input ends when the test process is gone, however it went.
process.stdin.on("end", () => process.exit(1)).resume()
process.stdin.on("error", () => process.exit(1))
if ("unref" in process.stdin && typeof process.stdin.unref === "function") process.stdin.unref()
export {}
