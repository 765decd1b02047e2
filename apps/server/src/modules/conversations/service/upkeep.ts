import type { OrgKind } from '@tongxin/contract'
import type { Tx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/events.ts'
import type { Vault } from '../../../platform/vault.ts'
import { type UnitOfTree, unitOfTree, unitsAfter } from '../../org/index.ts'
import { newKey } from '../cipher.ts'
import { BATCH } from '../conversations.policy.ts'
import type { ConversationPorts, StudyTalk } from '../conversations.ports.ts'
import * as q from '../queries/conversations.queries.ts'

/** Groups follow units and study groups: they are there, bear their names and end with them. */
export type KeepingCtx = { readonly db: Tx; readonly now: Date; readonly tenantId: string; readonly vault: Vault }

const BRANCHES: readonly OrgKind[] = ['branch', 'joint_branch', 'temporary_branch']
const COMMITTEES: readonly OrgKind[] = ['committee', 'general_branch', 'working_committee', ...BRANCHES]
type Follows = {
  readonly kind: 'branch' | 'officers' | 'study'
  readonly followed: string
  readonly unitId: string
  readonly orgPath: string
  readonly unitName: string
  readonly name: string
  readonly isOver: boolean
}
const groupsOfUnit = ({ id, path, name, kind, isDissolved }: UnitOfTree): Follows[] => {
  const shape = { followed: id, unitId: id, orgPath: path, unitName: name, name, isOver: isDissolved }
  return [
    ...(BRANCHES.includes(kind) ? [{ ...shape, kind: 'branch' as const }] : []),
    ...(COMMITTEES.includes(kind) ? [{ ...shape, kind: 'officers' as const }] : []),
  ]
}
const groupOfStudy = ({ id, isActive, ...talk }: StudyTalk): Follows => ({
  ...talk,
  kind: 'study',
  followed: id,
  isOver: !isActive,
})

async function follow(ctx: KeepingCtx, wanted: readonly Follows[]): Promise<void> {
  if (wanted.length === 0) return
  const { db, tenantId, now } = ctx
  const by = wanted[0]?.kind === 'study' ? 'source_id' : 'unit_id'
  const ids = [...new Set(wanted.map(({ followed }) => followed))]
  const known = await q.groupsOf(db, tenantId, by, ids)
  const knownOf = (one: Follows) => known.find(({ followed, kind }) => followed === one.followed && kind === one.kind)
  // What is over before anybody spoke needs no group.
  const missing = wanted.filter((one) => !one.isOver && !knownOf(one))
  await q.insertConversations(
    db,
    tenantId,
    missing.map((one) => {
      const id = newId(ctx)
      const sourceId = one.kind === 'study' ? one.followed : null
      return { ...one, id, sourceId, key: newKey(ctx.vault, id, now) }
    }),
    now,
  )
  for (const one of wanted) {
    const group = knownOf(one)
    const state = one.isOver ? 'ended' : 'open'
    if (!group || (group.name === one.name && group.unitName === one.unitName && group.state === state)) continue
    await q.setFollowed(db, tenantId, group.id, { name: one.name, unit_name: one.unitName, state }, now)
  }
}

/** After an act on one unit. */
export async function followUnit(ctx: KeepingCtx, unitId: string | null): Promise<void> {
  const unit = unitId === null ? undefined : await unitOfTree(ctx.db, ctx.tenantId, unitId)
  if (unit) await follow(ctx, groupsOfUnit(unit))
}
export async function followStudyGroup(ctx: KeepingCtx, ports: ConversationPorts, id: string | null): Promise<void> {
  const talk = id === null ? undefined : await ports.study.groupFacts(ctx.db, ctx.tenantId, id)
  if (talk) await follow(ctx, [groupOfStudy(talk)])
}

/** All of a tenant: also units that came by an import, and those from before there were groups. */
export async function followAll(
  ctx: KeepingCtx,
  ports: ConversationPorts,
  signal: Pick<AbortSignal, 'aborted'>,
): Promise<void> {
  for (let after = '', isMore = true; isMore && !signal.aborted; ) {
    const units = await unitsAfter(ctx.db, ctx.tenantId, after, BATCH)
    await follow(ctx, units.flatMap(groupsOfUnit))
    after = units.at(-1)?.path ?? after
    isMore = units.length === BATCH
  }
  for (let after = '00000000-0000-0000-0000-000000000000', isMore = true; isMore && !signal.aborted; ) {
    const groups = await ports.study.groupsAfter(ctx.db, ctx.tenantId, after, BATCH)
    await follow(ctx, groups.map(groupOfStudy))
    after = groups.at(-1)?.id ?? after
    isMore = groups.length === BATCH
  }
}
