import {
  type exportXapiStatements,
  type Input,
  type listXapiStatements,
  type Reply,
  type readXapiStatement,
  requestRefusals,
  type XapiStatementRow,
} from '@tongxin/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { nameOfRecords } from '../../members/index.ts'
import * as q from '../queries/browse.queries.ts'
import { namesOf } from '../queries/credentials.queries.ts'
import type { Members } from '../statement/shape.ts'
import { atHome, iriKeyOf, memberKeyOf } from '../xapi.keys.ts'

const SORTS = { stored: 's.seq' }

type Asked = Input<typeof exportXapiStatements>['body'] | Input<typeof listXapiStatements>['query']

export function filterOf(asked: Asked, origin: string): q.BrowseFilter {
  const { memberId, verb, activity, registration, source, since, until } = asked
  return {
    memberKey: memberId === undefined ? null : memberKeyOf(memberId),
    verbKey: verb ? iriKeyOf(verb, origin) : null,
    activityKey: activity ? iriKeyOf(activity, origin) : null,
    registration: registration ?? null,
    isOwn: source === undefined ? null : source === 'own',
    since: since === undefined ? null : new Date(since),
    until: until === undefined ? null : new Date(until),
  }
}

export const list =
  (origin: string) =>
  async (ctx: Ctx, { query }: Input<typeof listXapiStatements>): Promise<Reply<typeof listXapiStatements>> => {
    const keyset = keysetOf(query, SORTS, '-stored')
    const found = await q.browse(ctx.db, ctx.actor, filterOf(query, origin), keyset)
    const { rows, next } = pageOfRows(found, keyset, ({ seq, id }) => ({ value: seq, id }))
    return { rows: await shown(ctx, rows, origin), next, total: null }
  }

export const read =
  (origin: string) =>
  async (ctx: Ctx, { params }: Input<typeof readXapiStatement>): Promise<Reply<typeof readXapiStatement>> => {
    const found = await q.findBrowsed(ctx.db, ctx.actor, params.id)
    if (!found) throw requestRefusals.not_found()
    const [row] = (await shown(ctx, [found], origin)) as [XapiStatementRow]
    return { row, statement: JSON.stringify(JSON.parse(textOf(found, origin)), null, 2) }
  }

const textOf = ({ raw, credentialId }: q.Browsed, origin: string): string =>
  credentialId === null ? atHome(raw, origin) : raw

async function shown(ctx: Ctx, rows: readonly q.Browsed[], origin: string): Promise<XapiStatementRow[]> {
  const { tenantId } = ctx.actor
  const told = rows.map((row) => ({ ...row, statement: JSON.parse(textOf(row, origin)) as Members }))
  const people = await nameOfRecords(
    ctx.db,
    tenantId,
    told.flatMap(({ memberId }) => memberId ?? []),
  )
  const programs = await namesOf(
    ctx.db,
    tenantId,
    told.flatMap(({ credentialId }) => credentialId ?? []),
  )
  return told.map(({ id, stored, memberId, credentialId, voided, statement }) => ({
    id,
    stored: stored.toISOString(),
    timestamp: String(statement.timestamp),
    actor: (memberId === null ? undefined : people.get(memberId)) ?? actorIn(statement.actor as Members),
    memberId,
    verb: String((statement.verb as Members).id),
    verbName: nameIn((statement.verb as Members).display),
    object: objectIn(statement.object as Members),
    activity: activityIn(statement.object as Members),
    source: credentialId === null ? null : (programs.get(credentialId) ?? ''),
    voided,
  }))
}

const actorIn = ({ name, mbox, openid, mbox_sha1sum, account }: Members): string =>
  String(name ?? mbox ?? openid ?? (account as Members | undefined)?.name ?? mbox_sha1sum ?? '')

const activityIn = ({ id, objectType }: Members): string | null =>
  (objectType ?? 'Activity') === 'Activity' ? String(id) : null

/** A text in Chinese where there is one, else in any language. */
function nameIn(texts: unknown): string | null {
  const told = (texts ?? {}) as Record<string, string>
  return told['zh-CN'] ?? Object.values(told)[0] ?? null
}

function objectIn({ id, objectType, definition, ...agent }: Members): string {
  const name = nameIn((definition as Members | undefined)?.name)
  if (name !== null && name !== '') return name
  if (id !== undefined) return String(id)
  return objectType === 'Agent' || objectType === 'Group' ? actorIn(agent) : String(objectType)
}
