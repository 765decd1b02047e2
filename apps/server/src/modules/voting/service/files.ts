import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import {
  type exportVotes,
  type FileReply,
  type Input,
  votingRefusals as refusals,
  type VoteRow,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { csvStream, type WrittenRow, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { countWays } from '../queries/roll.queries.ts'
import * as q from '../queries/votes.queries.ts'
import { isCounted } from '../voting.policy.ts'
import { type ListWords, wordsOf } from '../voting.print-words.ts'
import { filterOf, rowOf } from './read.ts'

const AT_ONCE = 500
/** Rows of one file: what is held until it is written. */
const MOST_EXPORTED = 10_000
const WIDTHS = {
  title: 40,
  org: 34,
  subject: 14,
  secrecy: 12,
  channel: 16,
  state: 14,
  voters: 10,
  drawn: 10,
  present: 10,
  createdOn: 14,
  closedOn: 14,
  countedOn: 14,
} as const satisfies Record<keyof ListWords['columns'], number>
const KEYS = Object.keys(WIDTHS) as (keyof typeof WIDTHS)[]

const dayOf = (at: Date | null): string => (at ? todayOf(at) : '')

/** As the list shows it: papers of a named vote are told only when it is counted. */
function written(vote: q.Vote, row: VoteRow, words: ListWords): WrittenRow {
  return {
    title: row.title,
    org: row.orgName,
    subject: words.subjects[row.subject.kind],
    secrecy: words.secrecies[row.secrecy],
    channel: words.channels[row.channel],
    state: words.states[row.state],
    voters: row.voters,
    drawn: row.secrecy === 'named' && !isCounted(vote) ? '' : row.drawn,
    present: vote.result?.present ?? '',
    createdOn: dayOf(vote.createdAt),
    closedOn: dayOf(vote.closedAt),
    countedOn: dayOf(vote.countedAt),
  }
}

/** 表决台账: what the list shows under its filters, newest first; kept with its purpose and the hash of its rows. */
export async function exported(ctx: Ctx<Tx>, { body }: Input<typeof exportVotes>): Promise<FileReply> {
  const { format, purpose, language = 'zh-CN', ...asked } = body
  const words = wordsOf(language).list
  const filter = await filterOf(ctx, asked, '/body/orgId')
  const rows: WrittenRow[] = []
  let cursor: string | null = null
  do {
    const keyset = keysetOf(
      { limit: AT_ONCE, ...(cursor ? { cursor } : {}) },
      { createdAt: 'v.created_at' },
      '-createdAt',
    )
    const found = await q.listVotes(ctx.db, ctx.actor, filter, keyset)
    const page: { rows: q.Vote[]; next: string | null } = pageOfRows(found, keyset, (vote) => ({
      value: vote.createdAt.toISOString(),
      id: vote.id,
    }))
    const ids = page.rows.map(({ id }) => id)
    const ways = ids.length === 0 ? new Map() : await countWays(ctx.db, ctx.actor.tenantId, ids)
    rows.push(...page.rows.map((vote) => written(vote, rowOf(vote, ways.get(vote.id)), words)))
    if (rows.length > MOST_EXPORTED) throw refusals.too_many_rows({ most: MOST_EXPORTED })
    cursor = page.next
  } while (cursor)
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  const told = { rows: rows.length, format, sha256 }
  await publish(ctx, 'voting.exported', subject, told, { reason: purpose.trim() })
  const sheet = {
    name: words.sheet,
    columns: KEYS.map((key) => ({ key, header: words.columns[key], width: WIDTHS[key] })),
    rows,
  }
  return {
    fileName: `${words.sheet}-${todayOf(ctx.now)}.${format}`,
    make: () => (format === 'csv' ? buffer(csvStream(sheet)) : writeXlsx({ sheets: [sheet] })),
  }
}
