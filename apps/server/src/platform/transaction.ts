import { requestRefusals } from '@tongxin/contract'
import { sql } from 'kysely'
import type { BatchRows } from './batch.ts'
import type { Ctx, Tx } from './ctx.ts'
import type { Platform } from './platform.ts'
import type { Admitted } from './session.ts'

const RETRIES = 5
const RETRYABLE = new Set(['40001', '40P01'])

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
  for (let attempt = 1; ; attempt += 1) {
    const after: (() => void)[] = []
    try {
      const result = await platform.db.transaction().execute(async (tx) => {
        const rows: BatchRows[] = []
        for (const { text, values } of platform.sessions.preamble(admitted.actor.sessionHash, base.now)) {
          rows.push(await raw(tx, text, values))
        }
        platform.sessions.prove(admitted, rows, base.now)
        return work({ ...base, db: tx, onCommit: (later) => after.push(later) })
      })
      for (const later of after) later()
      platform.wake()
      return result
    } catch (error) {
      if (attempt >= RETRIES || !RETRYABLE.has((error as { code?: string }).code ?? '')) throw error
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
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await platform.db.transaction().execute(async (tx) => {
        await sql`select set_config('app.tenant', ${scope.tenantId}, true), set_config('app.scope', ${scope.scope}, true),
          set_config('app.person', ${scope.personId ?? ''}, true)`.execute(tx)
        return work(tx)
      })
    } catch (error) {
      if (attempt >= RETRIES || !RETRYABLE.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}

/** Throws `request.version_stale` when the caller has not seen the current version (`If-Match`). */
export function demandVersion(ctx: Pick<Ctx, 'expectedVersion'>, version: number): void {
  if (ctx.expectedVersion !== null && ctx.expectedVersion !== version) throw requestRefusals.version_stale({ version })
}
