import { createHash } from 'node:crypto'
import { type exportXapiStatements, type Input, type Reply, xapiRefusals as refusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import * as q from '../queries/browse.queries.ts'
import { atHome } from '../xapi.keys.ts'
import { filterOf } from './browse.ts'

const MB = 1024 * 1024
const MOST_ROWS = 20_000
const MOST_MEGABYTES = 512
/** Bytes of texts that are held at once; a statement may be as long as a whole request. */
const PIECE = { bytes: 4 * MB, rows: 1000 } as const

/**
 * The records themselves, in the form in which another store takes them. A file of half a gigabyte is not held: it is
 * read once piece by piece for its sum, which the trail keeps, and once more while it is sent. What a statement says
 * never changes, so both times it is the same file.
 */
export const exported =
  (platform: Platform) =>
  async (ctx: Ctx<Tx>, { body }: Input<typeof exportXapiStatements>): Promise<Reply<typeof exportXapiStatements>> => {
    const { publicOrigin: origin } = platform
    const { tenantId, scope } = ctx.actor
    const counted = await q.countedTexts(ctx.db, ctx.actor, filterOf(body, origin), MOST_ROWS + 1)
    demandBounded(counted)
    const pieces = piecesOf(counted)
    const hash = createHash('sha256')
    for await (const part of fileOf(pieces, origin, (places) => q.textsAt(ctx.db, { tenantId, scope }, places)))
      hash.update(part)
    const subject = { kind: 'export', id: null, orgPath: scope }
    const told = { rows: counted.length, sha256: hash.digest('hex') }
    await publish(ctx, 'xapi.exported', subject, told, { reason: body.purpose })
    const again = (places: readonly string[]) =>
      inSystemTransaction(platform, { tenantId, scope }, (tx) => q.textsAt(tx, { tenantId, scope }, places))
    return { fileName: `xapi-${todayOf(ctx.now)}.json`, make: async () => fileOf(pieces, origin, again) }
  }

/** @throws Refusal `xapi.too_many_rows`, `xapi.too_many_bytes` */
export function demandBounded(counted: readonly q.Counted[]): void {
  if (counted.length > MOST_ROWS) throw refusals.too_many_rows({ most: MOST_ROWS })
  const total = counted.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total > MOST_MEGABYTES * MB) throw refusals.too_many_bytes({ most: MOST_MEGABYTES })
}

/** Places of statements that are read together. */
export function piecesOf(counted: readonly q.Counted[]): string[][] {
  const pieces: string[][] = []
  let bytes = 0
  for (const one of counted) {
    const last = pieces.at(-1)
    bytes += one.bytes
    if (last && last.length < PIECE.rows && bytes <= PIECE.bytes) last.push(one.seq)
    else {
      pieces.push([one.seq])
      bytes = one.bytes
    }
  }
  return pieces
}

async function* fileOf(
  pieces: readonly (readonly string[])[],
  origin: string,
  textsAt: (places: readonly string[]) => Promise<readonly { raw: string; isOwn: boolean }[]>,
): AsyncGenerator<Buffer> {
  let before = '['
  for (const places of pieces)
    for (const { raw, isOwn } of await textsAt(places)) {
      yield Buffer.from(`${before}${isOwn ? atHome(raw, origin) : raw}`)
      before = ',\n'
    }
  yield Buffer.from(pieces.length === 0 ? '[]\n' : ']\n')
}
