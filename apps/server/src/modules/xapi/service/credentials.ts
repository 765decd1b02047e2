import {
  type endXapiCredential,
  type Input,
  type issueXapiCredential,
  type listXapiCredentials,
  type Reply,
  xapiRefusals as refusals,
  type XapiCredential,
  type XapiRight,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { personNamesOf } from '../../access/index.ts'
import { findUnit } from '../../org/index.ts'
import { settingLookup } from '../../settings/index.ts'
import * as q from '../queries/credentials.queries.ts'
import { usageOf } from '../queries/usage.queries.ts'
import { hashOfSecret, keyNameOf, newSecret } from '../xapi.credentials.ts'

const SORTS = { created: 'c.created_at', name: 'c.name' }
/** Two hundred requests a second, far above what a content player needs and far below what hurts others. */
const USUAL_PER_MINUTE = 12_000
const MB = 1024 * 1024

export async function list(
  ctx: Ctx,
  { query }: Input<typeof listXapiCredentials>,
): Promise<Reply<typeof listXapiCredentials>> {
  const keyset = keysetOf(query, SORTS, '-created')
  const filter = {
    isEnded: query.state === undefined ? null : query.state === 'ended',
    text: query.search?.trim() || null,
    today: todayOf(ctx.now),
  }
  const found = await q.listCredentials(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === SORTS.name ? row.name : row.createdText,
    id: row.id,
  }))
  return { rows: await shown(ctx, rows), next, total: null }
}

/** A key reaches what the organisation reaches that it is issued for, and never more than who issues it. */
export const issue =
  (publicOrigin: string) =>
  async (ctx: Ctx<Tx>, { body }: Input<typeof issueXapiCredential>): Promise<Reply<typeof issueXapiCredential>> => {
    const unit = await findUnit(ctx.db, ctx.actor, body.orgId ?? ctx.actor.orgId)
    if (!unit) throw refusals.no_such_org.at('/body/orgId')
    const untilOn = body.untilOn ?? null
    if (untilOn !== null && untilOn < todayOf(ctx.now)) throw refusals.until_past.at('/body/untilOn')
    const id = newId(ctx)
    const secret = newSecret()
    const name = body.name.trim()
    await q.insertCredential(ctx.db, ctx.actor, ctx.now, {
      id,
      orgId: unit.id,
      orgPath: unit.path,
      name,
      purpose: body.purpose.trim(),
      rights: body.rights,
      secretHash: hashOfSecret(ctx.vault, secret),
      mostPerMinute: body.mostPerMinute ?? USUAL_PER_MINUTE,
      untilOn,
    })
    const subject = { kind: 'credential', id, orgPath: unit.path }
    await publish(ctx, 'xapi.credential_issued', subject, { name, rights: body.rights }, { reason: body.purpose })
    return { credential: await one(ctx, id), endpoint: `${publicOrigin}/xapi/`, secret }
  }

/** Asked with every request, so that nothing is opened by it from the commit on. */
export async function end(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof endXapiCredential>,
): Promise<Reply<typeof endXapiCredential>> {
  const found = await q.findCredential(ctx.db, ctx.actor, params.id)
  if (!found) throw refusals.no_such_credential()
  const reason = body.reason.trim()
  if (!(await q.endCredential(ctx.db, ctx.actor, ctx.now, params.id, reason))) throw refusals.ended_already()
  const subject = { kind: 'credential', id: params.id, orgPath: found.orgPath }
  await publish(ctx, 'xapi.credential_ended', subject, { name: found.name }, { reason })
  return one(ctx, params.id)
}

async function one(ctx: Ctx, id: string): Promise<XapiCredential> {
  const row = await q.findCredential(ctx.db, ctx.actor, id)
  const [credential] = row ? await shown(ctx, [row]) : []
  if (!credential) throw refusals.no_such_credential()
  return credential
}

async function shown(ctx: Ctx, rows: readonly q.Credential[]): Promise<XapiCredential[]> {
  const names = await personNamesOf(
    ctx.db,
    rows.map(({ createdBy }) => createdBy),
  )
  const { tenantId } = ctx.actor
  const used = await usageOf(
    ctx.db,
    tenantId,
    rows.map(({ id }) => id),
  )
  const settings = await settingLookup(ctx.db, tenantId, ['xapi.most_megabytes'], todayOf(ctx.now))
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    orgName: row.orgName,
    key: keyNameOf(tenantId, row.id),
    rights: row.scopes as XapiRight[],
    mostPerMinute: row.mostPerMinute,
    usedBytes: Math.max(0, used.get(row.id) ?? 0),
    mostBytes: Number(settings('xapi.most_megabytes', row.orgPath)) * MB,
    createdByName: names.get(row.createdBy) ?? '',
    createdAt: row.createdAt.toISOString(),
    untilOn: row.untilOn,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    endReason: row.endReason,
  }))
}
