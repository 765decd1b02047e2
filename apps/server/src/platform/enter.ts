import { requestRefusals } from '@tongxin/contract'
import type { FastifyRequest } from 'fastify'
import type { Ctx, Tx } from './ctx.ts'
import { scopedReader } from './db.ts'
import type { Platform } from './platform.ts'
import { type Admitted, Sessions, StaleActor } from './session.ts'
import { inTransaction } from './transaction.ts'

/** A proved session for routes that do not speak JSON: uploads, downloads. */
export type Entered = {
  readonly ctx: Ctx
  /** A transaction of its own under the same session, proved again; may be opened several times. */
  readonly write: <T>(work: (ctx: Ctx<Tx>) => Promise<T>) => Promise<T>
}

/** The session named by the request's cookie. Throws `request.signed_out`. */
export async function enter(platform: Platform, request: FastifyRequest): Promise<Entered> {
  const token = request.cookies[platform.cookieName]
  if (!token) throw requestRefusals.signed_out()
  return enterSession(platform, request.id, Sessions.hash(token))
}

/** The session of a hash, proved now. Throws `request.signed_out`. */
export async function enterSession(platform: Platform, requestId: string, sessionHash: Buffer): Promise<Entered> {
  const now = platform.clock()
  const admitted = await proved(platform, sessionHash, now)
  const base = (one: Admitted) => ({
    actor: one.actor,
    now,
    requestId,
    vault: platform.vault,
    log: platform.log,
    expectedVersion: null,
  })
  const db = scopedReader(platform.pool, platform.sessions.preamble(sessionHash, now), (rows) =>
    platform.sessions.prove(admitted, rows, now),
  )
  return {
    ctx: { ...base(admitted), db, onCommit: (work) => work() },
    write: async (work) => {
      // Receiving a file takes minutes: the rights of the moment of writing count.
      const fresh = await proved(platform, sessionHash, now)
      return inTransaction(platform, fresh, base(fresh), work)
    },
  }
}

async function proved(platform: Platform, sessionHash: Buffer, now: Date): Promise<Admitted> {
  for (let attempt = 1; ; attempt += 1) {
    const admitted = await platform.sessions.admit(sessionHash, now)
    try {
      await platform.sessions.proveNow(admitted, now)
      return admitted
    } catch (error) {
      if (!(error instanceof StaleActor) || attempt > 3) throw error
    }
  }
}
