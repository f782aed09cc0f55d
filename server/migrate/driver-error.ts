import pg from "pg"

/** What Prisma takes for an error of its driver: any other is printed as "External error id#0". */
class DriverAdapterError extends Error {
  override readonly name = "DriverAdapterError"
}

/** An error as Prisma's engine prints it: PostgreSQL's code, message, detail and hint. */
export function asDriverError(error: unknown): Error {
  if (error instanceof DriverAdapterError) return error
  if (error instanceof pg.DatabaseError) return driverError(error)
  return driverError({ code: "08006", message: error instanceof Error ? error.message : String(error) })
}

/** Whether PostgreSQL refused a statement because it cannot run inside a transaction. */
export function refusesTransaction(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === "25001"
}

/** The error of a script that ends inside a transaction that it has begun itself. */
export function openTransaction(): Error {
  return driverError({
    code: "25000",
    message:
      "expected the script to end outside a transaction, but it has a BEGIN without COMMIT; all of it was taken back. Remove the BEGIN: a script is applied as one anyway.",
  })
}

/** The parts of an error that Prisma prints. */
interface Parts {
  code?: string | undefined
  message: string
  severity?: string | undefined
  detail?: string | undefined
  hint?: string | undefined
  column?: string | undefined
}

function driverError({ code, message, severity, detail, hint, column }: Parts): DriverAdapterError {
  const cause = {
    kind: "postgres",
    code: code ?? "XX000",
    severity: severity ?? "ERROR",
    message,
    detail,
    hint,
    column,
  }
  return new DriverAdapterError(message, {
    cause: { ...cause, originalCode: code, originalMessage: message },
  })
}
