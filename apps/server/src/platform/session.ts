import { hash } from 'node:crypto'
import { requestRefusals } from '@tongxin/contract'
import type { BatchRows, Statement } from './batch.ts'
import { cacheOf } from './cache.ts'
import type { Actor } from './ctx.ts'
import { type Pool, runBatch } from './db.ts'
import { inBatchedTransaction, type SystemScope } from './transaction.ts'

/** What the platform needs of the access module: which statements prove a session, and what their rows mean. */
export type SessionPort = {
  /** Sets the row-security variables of the transaction as it reads; the same texts for every request. */
  preamble(sessionHash: Buffer, now: Date): readonly Statement[]
  /** The actor of the rows, or null when there is no valid session and grant. */
  actorOf(rows: BatchRows[], sessionHash: Buffer): Actor | null
  /** Equal for equal rights: changes when session, post, role, scope or period do. */
  stampOf(rows: BatchRows[]): string
  /** Reads the stamps of many sessions of one tenant: by token hash (hex), absent without a valid session and grant. */
  stamping(tenantId: string, sessionHashes: readonly Buffer[], now: Date): Statement
  stampsOf(rows: BatchRows | undefined): Map<string, string>
  /** Called at most once a minute and session: moves the idle limit. */
  touch(pool: Pool, sessionHash: Buffer, now: Date): Promise<void>
}

/** Thrown when the database says otherwise than the remembered actor: the request starts again with the true one. */
export class StaleActor extends Error {}

export type Admitted = { readonly actor: Actor; readonly stamp: string }

/**
 * Who is asking. The last answer is remembered per session, but never trusted: every statement batch and every
 * transaction proves it again, so withdrawal of rights works at once, at the price of no extra round trip.
 */
export class Sessions {
  readonly #pool: Pool
  readonly #port: SessionPort
  readonly #known = cacheOf<Admitted>(20_000)
  readonly #touched = cacheOf<number>(20_000)

  constructor(pool: Pool, port: SessionPort) {
    this.#pool = pool
    this.#port = port
  }

  static hash(token: string): Buffer {
    return hash('sha256', token, 'buffer')
  }

  preamble(sessionHash: Buffer, now: Date): readonly Statement[] {
    return this.#port.preamble(sessionHash, now)
  }

  /** The remembered actor, else the proved one. Throws `request.signed_out`. */
  async admit(sessionHash: Buffer, now: Date): Promise<Admitted> {
    const key = sessionHash.toString('latin1')
    const remembered = this.#known.get(key)
    if (remembered) return remembered
    const rows = await runBatch(this.#pool, this.#port.preamble(sessionHash, now))
    const actor = this.#port.actorOf(rows, sessionHash)
    if (!actor) throw requestRefusals.signed_out()
    const admitted = { actor, stamp: this.#port.stampOf(rows) }
    this.#known.set(key, admitted)
    return admitted
  }

  /** Compares what the database just said with what the request was admitted with. */
  prove(admitted: Admitted, rows: BatchRows[], now: Date): void {
    const key = admitted.actor.sessionHash.toString('latin1')
    if (this.#port.stampOf(rows) !== admitted.stamp) {
      this.#known.delete(key)
      throw new StaleActor('rights changed')
    }
    const minute = Math.floor(now.getTime() / 60_000)
    if (this.#touched.get(key) !== minute) {
      this.#touched.set(key, minute)
      // Losing one touch only shortens the idle time by a minute, so a failing database is not an error here.
      void this.#port.touch(this.#pool, admitted.actor.sessionHash, now).catch(() => this.#touched.delete(key))
    }
  }

  /** Proves the remembered rights by a batch of its own. */
  async proveNow(admitted: Admitted, now: Date): Promise<void> {
    const rows = await runBatch(this.#pool, this.#port.preamble(admitted.actor.sessionHash, now))
    this.prove(admitted, rows, now)
  }

  /** Those whose rights still hold, without counting as a sign of life: for connections that stay open by themselves. */
  async holding(scope: SystemScope, admitted: readonly Admitted[], now: Date): Promise<Set<Admitted>> {
    const hashes = [...new Set(admitted.map(({ actor }) => actor.sessionHash))]
    const reads = [this.#port.stamping(scope.tenantId, hashes, now)]
    const stamps = await inBatchedTransaction({ pool: this.#pool }, scope, reads, ([rows]) => ({
      statements: [],
      result: this.#port.stampsOf(rows),
    }))
    return new Set(admitted.filter(({ actor, stamp }) => stamps.get(actor.sessionHash.toString('hex')) === stamp))
  }

  forget(sessionHash: Buffer): void {
    this.#known.delete(sessionHash.toString('latin1'))
  }
}
