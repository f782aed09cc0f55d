import { PrismaPg } from "@prisma/adapter-pg"
import { Pool } from "pg"
import { type Prisma, PrismaClient } from "../generated/prisma/client.js"
import type { PoolCounts } from "../telemetry/metrics.js"

/** Queries, inside a transaction or not. */
export type Queries = Prisma.TransactionClient

/** The database with its connections. */
export interface Database {
  client: PrismaClient
  poolCounts(): PoolCounts
  /** Ends all connections. */
  close(): Promise<void>
}

/** What a database tells about itself. */
export interface DatabaseListener {
  /** @param seconds Time of one query. */
  onQuery?(seconds: number): void
  /** A connection failed while nobody used it. */
  onConnectionError?(error: Error): void
}

/** Of a transaction: as long as for any connection, and well below what PostgreSQL lets one be idle. */
const transactionOptions = { maxWait: 15_000, timeout: 8_000 }

// A server that hangs in the middle of a transaction would keep its run locked for all others.
const limits = { max: 10, connectionTimeoutMillis: 15_000, idle_in_transaction_session_timeout: 10_000 }

/**
 * The database behind a URL. Nothing is connected before the first query.
 * @param url For example `postgresql://user:password@localhost:5432/app`.
 */
export function openDatabase(url: string, listener: DatabaseListener = {}): Database {
  const pool = new Pool({ connectionString: url, ...limits })
  // Without a listener, a restart of PostgreSQL would end this process.
  pool.on("error", (error) => listener.onConnectionError?.(error))
  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    log: [{ emit: "event", level: "query" }],
    transactionOptions,
  })
  client.$on("query", ({ duration }) => listener.onQuery?.(duration / 1000))
  return { client, poolCounts: () => counts(pool), close: () => close(client, pool) }
}

function counts(pool: Pool): PoolCounts {
  return { idle: pool.idleCount, busy: pool.totalCount - pool.idleCount, waiting: pool.waitingCount }
}

async function close(client: PrismaClient, pool: Pool) {
  await client.$disconnect()
  await pool.end()
}
