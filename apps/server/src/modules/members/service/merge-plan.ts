import {
  type Input,
  MERGE_FIELDS,
  type MergeField,
  type MergePlan,
  memberRefusals,
  mergeRefusals,
  type planMemberMerge as planContract,
  type ReferenceKind,
} from '@tongxin/contract'
import { isSealed, MEMBER_FIELD_NAMES, type MemberField } from '@tongxin/domain/members/fields'
import { maskField } from '@tongxin/domain/members/masks'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { widened } from '../../../platform/widened.ts'
import { unitNameOf } from '../../org/index.ts'
import { type Facts, factsOf } from '../members.record.ts'
import { REFERENCES } from '../members.references.ts'
import { type Bearer, countReferences } from '../queries/merge.queries.ts'
import { lockRecord, type StoredMember } from '../queries/records.queries.ts'

const TAKEABLE = new Set<string>(MERGE_FIELDS)

export type Two = { readonly kept: StoredMember; readonly gone: StoredMember }
export const bearerOf = (record: StoredMember): Bearer => ({
  id: record.id,
  personId: record.person_id,
  orgPath: record.org_path,
})

/** Locks both records, in one order for everybody. @throws Refusal `merge.same_record`, `members.not_found` */
export async function lockTwo(ctx: Ctx<Tx>, ids: { keptId: string; goneId: string }): Promise<Two> {
  if (ids.keptId === ids.goneId) throw mergeRefusals.same_record.at('/body/goneId')
  const found = new Map<string, StoredMember>()
  for (const id of [ids.keptId, ids.goneId].sort()) {
    const record = await lockRecord(ctx.db, ctx.actor, id)
    if (!record || record.deleted_at !== null)
      throw memberRefusals.not_found.at(id === ids.keptId ? '/body/keptId' : '/body/goneId')
    found.set(id, record)
  }
  return { kept: found.get(ids.keptId) as StoredMember, gone: found.get(ids.goneId) as StoredMember }
}

/** What would happen to everything that names the record that goes, wherever in the tenant it lies. */
export async function referencesOf(ctx: Ctx<Tx>, { kept, gone }: Two): Promise<MergePlan['references']> {
  const { tenantId } = ctx.actor
  const { path: whole } = await tenantOf(ctx.db, tenantId)
  const counted = await widened(ctx, whole, () =>
    countReferences(ctx.db, tenantId, REFERENCES, { kept: bearerOf(kept), gone: bearerOf(gone), now: ctx.now }),
  )
  const byKind = new Map(counted.map((row) => [row.kind as ReferenceKind, row]))
  const sum = new Map<string, MergePlan['references'][number]>()
  const add = (kind: ReferenceKind, fate: 'moves' | 'stays' | 'blocks', rows: number) => {
    if (rows === 0) return
    const known = sum.get(`${kind}/${fate}`)
    sum.set(`${kind}/${fate}`, { kind, fate, rows: rows + (known?.rows ?? 0) })
  }
  for (const { kind, fate, open } of REFERENCES) {
    const row = byKind.get(kind)
    if (!row) continue
    const goesAlone = open?.fate === 'alone' && row.kept === 0 && kept.org_id === gone.org_id
    add(kind, goesAlone ? fate : 'blocks', row.open)
    add(kind, fate, row.rest)
  }
  return [...sum.values()]
}

function fieldsOf(kept: Facts, gone: Facts): MergeField[] {
  const shown = (field: MemberField, value: string | null) =>
    value !== null && isSealed(field) ? maskField(field, value) : value
  return MEMBER_FIELD_NAMES.flatMap((field) => {
    const [one, other] = [kept[field] ?? null, gone[field] ?? null]
    if (one === null && other === null) return []
    const canTake = TAKEABLE.has(field) && other !== null && one !== other
    return [
      {
        field,
        kept: shown(field, one),
        gone: shown(field, other),
        differs: one !== other,
        canTake,
        suggested: canTake && one === null,
      },
    ]
  })
}

export const idDiffers = (kept: Facts, gone: Facts): boolean =>
  Boolean(kept.idNumber) && Boolean(gone.idNumber) && kept.idNumber !== gone.idNumber

/** What a merge would do, field by field and to everything that names the records. Writes nothing. */
export async function planMerge(ctx: Ctx<Tx>, { body }: Input<typeof planContract>): Promise<MergePlan> {
  const two = await lockTwo(ctx, body)
  const [kept, gone] = [factsOf(ctx.vault, two.kept), factsOf(ctx.vault, two.gone)]
  return {
    kept: await sideOf(ctx, two.kept),
    gone: await sideOf(ctx, two.gone),
    fields: fieldsOf(kept, gone),
    references: await referencesOf(ctx, two),
    idDiffers: idDiffers(kept, gone),
    keptVersion: two.kept.version,
    goneVersion: two.gone.version,
  }
}

async function sideOf(ctx: Ctx<Tx>, record: StoredMember): Promise<MergePlan['kept']> {
  return {
    id: record.id,
    name: record.name,
    memberNo: record.member_no,
    orgName: await unitNameOf(ctx.db, ctx.actor.tenantId, record.org_id),
    category: record.category as MergePlan['kept']['category'],
    bornOn: record.born_on,
    completeness: record.completeness,
  }
}
