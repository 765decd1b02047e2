import { createHmac } from 'node:crypto'
import { accessRefusals } from '@tongxin/contract'
import type { PublicCtx } from '../../platform/ctx.ts'
import { networkOf } from '../../platform/tries.ts'
import type { Vault } from '../../platform/vault.ts'
import { knownDevice } from './access.device.ts'
import * as q from './queries/throttle.queries.ts'

/**
 * At most 80 failures ever of unknown devices and 20 of one known device: together the 100 of NIST SP 800-63B-4
 * 3.2.2. The counts are in the database, so a restart forgets none, and all ways to sign in share them.
 */
const ACCOUNT = { free: 5, most: 80, forgetHours: null } as const
const DEVICE = { free: 5, most: 20, forgetHours: null } as const
/** A whole house may stand behind one address: more are free, and they are forgotten after a day. */
const ADDRESS = { free: 50, most: 100_000, forgetHours: 24 } as const

/** An attempt that has been counted: `succeeded` forgets the failures, `passed` only frees the address. */
export type Attempt = { succeeded(): Promise<void>; passed(): Promise<void> }

const keyOf = (vault: Vault, kind: string, what: string | Buffer) =>
  createHmac('sha256', vault.derive('throttle')).update(`${kind}\u2016`).update(what).digest()

/**
 * Counts an attempt against one account, before it is judged. `subject` is the person, or the keyed name when nobody
 * has it. From a device that the person has used before, the counts of strangers do not matter.
 * @throws Refusal `access.delayed` with `retryAfter` in seconds
 */
export async function countAttempt(ctx: PublicCtx, subject: string | Buffer, cookieName: string): Promise<Attempt> {
  const device = typeof subject === 'string' ? knownDevice(ctx, subject, cookieName) : null
  const own = device === null ? null : keyOf(ctx.vault, 'device', `${device}/${String(subject)}`)
  const isKnown = own !== null && ((await q.findThrottle(ctx.db, own))?.failures ?? 0) < DEVICE.most
  const key = isKnown ? own : keyOf(ctx.vault, 'account', subject)
  const address = keyOf(ctx.vault, 'address', networkOf(ctx.address))
  if (!isKnown) await count(ctx, address, ADDRESS)
  try {
    await count(ctx, key, isKnown ? DEVICE : ACCOUNT)
  } catch (error) {
    if (!isKnown) await q.giveBack(ctx.db, address)
    throw error
  }
  const passed = async () => {
    if (!isKnown) await q.giveBack(ctx.db, address)
  }
  return {
    passed,
    succeeded: async () => {
      await q.clearThrottle(ctx.db, key)
      await passed()
    },
  }
}

/** Counts guesses of one-time codes, which name no account: by address only. */
export async function countCodeAttempt(ctx: PublicCtx): Promise<Attempt> {
  const address = keyOf(ctx.vault, 'code', networkOf(ctx.address))
  await count(ctx, address, { free: 10, most: 100_000, forgetHours: 24 })
  const passed = () => q.giveBack(ctx.db, address)
  return { passed, succeeded: passed }
}

/** Forgets the failures of an account: its owner has proved himself in another way (recovery). */
export async function forgetFailures(ctx: { db: PublicCtx['db']; vault: Vault }, personId: string): Promise<void> {
  await q.clearThrottle(ctx.db, keyOf(ctx.vault, 'account', personId))
}

async function count(ctx: PublicCtx, key: Buffer, limits: q.Limits): Promise<void> {
  if ((await q.countAttempt(ctx.db, key, ctx.now, limits)) !== undefined) return
  const row = await q.findThrottle(ctx.db, key)
  const left = row?.delayedUntil ? Math.ceil((row.delayedUntil.getTime() - ctx.now.getTime()) / 1000) : 0
  // Used up: only another proof helps, so the longest pause is told.
  throw accessRefusals.delayed({ retryAfter: left > 0 ? left : 900 })
}
