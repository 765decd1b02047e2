import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { requestRefusals } from '@tongxin/contract'

/** OWASP and ASVS 11.4.2 floor: Argon2id with 19 MiB, two passes, one lane. Raise here; hashes are renewed at sign-in. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const
type Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number }

const LANES = Math.max(1, availableParallelism() - 1)
/** Beyond this a sign-in would wait more than about ten seconds: better told at once. */
const MOST_WAITING = 200
let busy = 0
const waiting: (() => void)[] = []

/** One core stays free for everybody else: a flood of sign-ins queues here instead of slowing every page. */
async function inLane<T>(work: () => Promise<T>): Promise<T> {
  if (busy >= LANES) {
    if (waiting.length >= MOST_WAITING) throw requestRefusals.overloaded({ retryAfter: 2 })
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else busy += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else busy -= 1
  }
}

/** People type the same password on devices that compose characters differently. */
const bytesOf = (password: string) => Buffer.from(password.normalize('NFKC'), 'utf8')

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  return inLane(
    () =>
      new Promise((resolve, reject) => {
        argon2('argon2id', { message: bytesOf(password), nonce: salt, tagLength: 32, ...cost }, (error, key) =>
          error ? reject(error) : resolve(Buffer.from(key)),
        )
      }),
  )
}

const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** PHC string of a new password. Takes about 50 ms of one core: never inside a transaction. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST)
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${b64(salt)}$${b64(key)}`
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/**
 * Whether the password is the one of the hash. Without a hash it does the same work and says no, so that an unknown
 * name takes as long as a wrong password. `isOld`: hashed with less than today's cost.
 */
export async function verifyPassword(
  hash: string | null,
  password: string,
): Promise<{ isRight: boolean; isOld: boolean }> {
  const parts = hash === null ? null : PHC.exec(hash)
  if (!parts) {
    await derive(password, randomBytes(16), COST)
    return { isRight: false, isOld: false }
  }
  const cost = { memory: Number(parts[1]), passes: Number(parts[2]), parallelism: Number(parts[3]) }
  const kept = Buffer.from(parts[5] as string, 'base64')
  const key = await derive(password, Buffer.from(parts[4] as string, 'base64'), cost)
  return {
    isRight: key.length === kept.length && timingSafeEqual(key, kept),
    isOld: cost.memory < COST.memory || cost.passes < COST.passes,
  }
}
