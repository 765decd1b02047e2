import { CompiledQuery } from 'kysely'
import type { Statement } from '../../../platform/batch.ts'
import type { Tx } from '../../../platform/ctx.ts'

/** One of the statements of `writing.queries.ts` inside a transaction of its own. */
export async function run<T>(tx: Tx, { text, values }: Statement): Promise<T[]> {
  const { rows } = await tx.executeQuery<T>(CompiledQuery.raw(text, [...values]))
  return rows
}
