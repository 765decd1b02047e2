import { setTimeout as pause } from 'node:timers/promises'
import { requestRefusals } from '@tongxin/contract'
import { sql } from 'kysely'
import { Batch, type BatchRows, type Statement } from './batch.ts'
import type { Ctx, Tx } from './ctx.ts'
import type { Platform } from './platform.ts'
import type { Admitted } from './session.ts'

const RETRIES = 5
const RETRYABLE = new Set(['40001', '40P01'])
/** The longest wait before the second attempt, in milliseconds; doubled for each further one. */
const FIRST_PAUSE_MS = 10

/**
 * Does `once` again when the database untied it from another transaction. The pause is at random: the one that lost
 * would otherwise take its row back before the other one woke, and they would meet again.
 */
async function retried<T>(once: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once()
    } catch (error) {
      if (attempt >= RETRIES || !RETRYABLE.has((error as { code?: string }).code ?? '')) throw error
      await pause(Math.random() * FIRST_PAUSE_MS * 2 ** (attempt - 1))
    }
  }
}

/**
 * One transaction under one proved actor, retried on serialisation failure and deadlock. The session is proved
 * inside it, which also sets the row-security variables; work given to `onCommit` runs once, after the commit.
 */
export async function inTransaction<T>(
  platform: Platform,
  admitted: Admitted,
  base: Omit<Ctx, 'db' | 'onCommit'>,
  work: (ctx: Ctx<Tx>) => Promise<T>,
): Promise<T> {
  const { result, after } = await retried(async () => {
    const after: (() => void)[] = []
    const result = await platform.db.transaction().execute(async (tx) => {
      const rows: BatchRows[] = []
      for (const { text, values } of platform.sessions.preamble(admitted.actor.sessionHash, base.now)) {
        rows.push(await raw(tx, text, values))
      }
      platform.sessions.prove(admitted, rows, base.now)
      return work({ ...base, db: tx, onCommit: (later) => after.push(later) })
    })
    return { result, after }
  })
  afterCommit(platform, after)
  return result
}

/** What is done is done: work after the commit that fails is no failure of the request, and no reason to repeat it. */
function afterCommit(platform: Platform, after: readonly (() => void)[]): void {
  platform.wake()
  for (const later of after) {
    try {
      later()
    } catch (err) {
      platform.log.error({ err }, 'work after a commit failed')
    }
  }
}

async function raw(tx: Tx, text: string, values: readonly unknown[]): Promise<BatchRows> {
  const { rows } = await tx.executeQuery({
    sql: text,
    parameters: values,
    query: { kind: 'RawNode' } as never,
    queryId: { queryId: '' },
  })
  return { rows: rows as Record<string, unknown>[], rowCount: rows.length, command: 'SELECT' }
}

/** For jobs, events and the command line: a transaction that names its tenant and scope itself. */
export type SystemScope = { readonly tenantId: string; readonly scope: string; readonly personId?: string | null }

/** Opens a transaction with the row-security variables of `scope`; nobody's rights are checked. */
export async function inSystemTransaction<T>(
  platform: Pick<Platform, 'db'>,
  scope: SystemScope,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return retried(() =>
    platform.db.transaction().execute(async (tx) => {
      await sql`select set_config('app.tenant', ${scope.tenantId}, true), set_config('app.scope', ${scope.scope}, true),
        set_config('app.person', ${scope.personId ?? ''}, true)`.execute(tx)
      return work(tx)
    }),
  )
}

/** Throws `request.version_stale` when the caller has not seen the current version (`If-Match`). */
export function demandVersion(ctx: Pick<Ctx, 'expectedVersion'>, version: number): void {
  if (ctx.expectedVersion !== null && ctx.expectedVersion !== version) throw requestRefusals.version_stale({ version })
}

/** What the second half of a batched transaction writes, and what the caller is given after the commit. */
export type Decided<T> = {
  readonly statements: readonly Statement[]
  /** Made of the rows of `statements`; a value when they say nothing new. */
  readonly result: T | ((written: readonly BatchRows[]) => T)
}

/**
 * A system transaction in two round trips, for hot writes: everything that is read and locked travels in one batch, and
 * what was decided from it travels with the commit. Retried like every transaction; `decide` may run again.
 */
export async function inBatchedTransaction<T>(
  platform: Pick<Platform, 'pool'>,
  scope: SystemScope,
  reads: readonly Statement[],
  decide: (rows: readonly BatchRows[]) => Decided<T>,
): Promise<T> {
  const opening = [
    { name: 'begin', text: 'begin', values: [] },
    {
      name: 'set_scope',
      text: `select set_config('app.tenant', $1, true), set_config('app.scope', $2, true), set_config('app.person', $3, true)`,
      values: [scope.tenantId, scope.scope, scope.personId ?? ''],
    },
  ]
  return retried(async () => {
    const client = await platform.pool.connect()
    let broken: Error | undefined
    try {
      const send = (statements: readonly Statement[]) =>
        new Promise<BatchRows[]>((resolve, reject) => {
          client.query(new Batch(statements, (error, rows) => (error ? reject(error) : resolve(rows))))
        })
      const rows = await send([...opening, ...reads])
      const { statements, result } = decide(rows.slice(opening.length))
      const written = await send([...statements, { name: 'commit', text: 'commit', values: [] }])
      return result instanceof Function ? result(written) : result
    } catch (error) {
      await client.query('rollback').catch((failed: Error) => {
        broken = failed
      })
      throw error
    } finally {
      client.release(broken)
    }
  })
}
