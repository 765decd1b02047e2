import {
  type acceptCertificate,
  type CertificateRow,
  type checkCertificate,
  FIRST_CREDIT_YEAR,
  type Input,
  type listCertificates,
  type listMyCertificates,
  type Reply,
  creditsRefusals as refusals,
  type returnCertificate,
  type submitCertificate,
  type withdrawCertificate,
} from '@tongxin/contract'
import { needsSecondHand, type ParameterTable, trainingHundredths, yearOf } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { attachFile } from '../../files/index.ts'
import { parametersOf } from '../../settings/index.ts'
import { certificateActs } from '../credits.policy.ts'
import type { CreditPorts } from '../credits.ports.ts'
import * as q from '../queries/certificates.queries.ts'
import { parametersByPath } from './accounts.ts'
import { enter } from './enter.ts'
import { ownPerson } from './own.ts'
import { narrowed } from './read.ts'

type Changed = { id: string; state: string }

const subjectOf = (one: Pick<q.Certificate, 'id' | 'orgPath' | 'personId'>) => ({
  kind: 'credits_certificate',
  id: one.id,
  orgPath: one.orgPath,
  personId: one.personId,
})

const hoursOf = (one: Pick<q.Certificate, 'accepted' | 'claimed'>): number => one.accepted ?? one.claimed

export async function own(ctx: Ctx): Promise<Reply<typeof listMyCertificates>> {
  const rows = await q.ownCertificates(ctx.db, ctx.actor)
  return {
    rows: rows.map((one) => {
      const { id, title, issuer, heldOn, unit, amount, state, reason, fileId, fileName } = one
      const submittedAt = one.submittedAt.toISOString()
      const hundredths = hoursOf(one)
      return { id, title, issuer, heldOn, unit, amount, state, hundredths, reason, submittedAt, fileId, fileName }
    }),
  }
}

export async function submit(ctx: Ctx<Tx>, { body }: Input<typeof submitCertificate>): Promise<Changed> {
  const person = await ownPerson(ctx)
  if (body.heldOn > todayOf(ctx.now)) throw refusals.certificate_in_future.at('/body/heldOn')
  if (yearOf(body.heldOn) < FIRST_CREDIT_YEAR)
    throw refusals.certificate_too_old.at('/body/heldOn', { year: FIRST_CREDIT_YEAR })
  const id = newId(ctx)
  const file = await attachFile(ctx, body.fileId, {
    kind: 'credits_certificate',
    id,
    orgId: person.unitId,
    orgPath: person.orgPath,
    readPermission: 'learning.read',
  })
  const { title, issuer, heldOn, unit, amount } = body
  const parameters = await parametersOf(ctx.db, ctx.actor.tenantId, person.orgPath)
  const claimed = trainingHundredths({ unit, amount }, heldOn, parameters)
  await q.insertCertificate(
    ctx.db,
    ctx.actor.tenantId,
    person,
    {
      id,
      title: title.trim(),
      issuer: issuer.trim(),
      heldOn,
      unit,
      amount,
      claimed,
      fileId: file.id,
      fileName: file.name,
    },
    ctx.now,
  )
  const payload = { memberId: person.memberId, year: yearOf(heldOn), hundredths: claimed }
  await publish(ctx, 'credits.certificate_submitted', subjectOf({ ...person, id }), payload)
  return { id, state: 'submitted' }
}

export async function withdraw(ctx: Ctx<Tx>, { params }: Input<typeof withdrawCertificate>): Promise<Changed> {
  const one = await q.lockOwnCertificate(ctx.db, ctx.actor, params.id)
  if (!one) throw refusals.certificate_not_found()
  if (one.state !== 'submitted' && one.state !== 'checked') throw refusals.certificate_decided({ state: one.state })
  await q.setCertificate(ctx.db, ctx.actor.tenantId, one.id, { state: 'withdrawn' }, ctx.now)
  await publish(ctx, 'credits.certificate_withdrawn', subjectOf(one), { memberId: one.memberId })
  return { id: one.id, state: 'withdrawn' }
}

function rowOf(ctx: Ctx, one: q.Certificate, parameters: ParameterTable): CertificateRow {
  const { id, memberId, name, title, issuer, heldOn, unit, amount, state, claimed, accepted, reason } = one
  return {
    id,
    memberId,
    name,
    orgName: one.unitName,
    title,
    issuer,
    heldOn,
    unit,
    amount,
    state,
    claimed,
    accepted,
    needsSecond: needsSecondHand(hoursOf(one), heldOn, parameters),
    checkedBy: one.checkedName,
    acceptedBy: one.acceptedName,
    reason,
    submittedAt: one.submittedAt.toISOString(),
    fileId: one.fileId,
    fileName: one.fileName,
    can: certificateActs(ctx.actor, one),
  }
}

export async function list(
  ctx: Ctx,
  { query }: Input<typeof listCertificates>,
): Promise<Reply<typeof listCertificates>> {
  const keyset = keysetOf(query, { submittedAt: 'c.submitted_at', name: 'c.name' }, '-submittedAt')
  const filter = {
    place: await narrowed(ctx, query),
    state: query.state ?? null,
    isWaiting: query.waiting ?? false,
    text: query.text ?? null,
  }
  const found = await q.listCertificates(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === 'c.name' ? row.name : row.submittedAt.toISOString(),
    id: row.id,
  }))
  const parameters = parametersByPath(ctx.db, ctx.actor.tenantId)
  const shown: CertificateRow[] = []
  for (const one of rows) shown.push(rowOf(ctx, one, await parameters(one.orgPath)))
  return { rows: shown, next, total: null }
}

async function locked(ctx: Ctx<Tx>, id: string, states: readonly q.Certificate['state'][]): Promise<q.Certificate> {
  const one = ctx.actor.reach === 'self' ? undefined : await q.lockCertificate(ctx.db, ctx.actor, id)
  if (!one) throw refusals.certificate_not_found()
  if (one.personId === ctx.actor.personId) throw refusals.own_matter()
  if (!states.includes(one.state)) throw refusals.certificate_decided({ state: one.state })
  return one
}

/** The branch accepts with hours; up to the limit that is enough, above it a second hand follows. */
export const check =
  (ports: CreditPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof checkCertificate>): Promise<Changed> => {
    const one = await locked(ctx, params.id, ['submitted'])
    const { tenantId, personId, personName } = ctx.actor
    const { hundredths } = body
    const parameters = await parametersOf(ctx.db, tenantId, one.orgPath)
    const state = needsSecondHand(hundredths, one.heldOn, parameters) ? 'checked' : 'accepted'
    const change = { state, accepted: hundredths, checked_by: personId, checked_name: personName } as const
    await q.setCertificate(ctx.db, tenantId, one.id, { ...change, reason: body.note?.trim() ?? null }, ctx.now)
    const payload = { memberId: one.memberId, hundredths }
    if (state === 'accepted') {
      await count(ctx, ports, one, hundredths)
      await publish(ctx, 'credits.certificate_accepted', subjectOf(one), payload)
    } else await publish(ctx, 'credits.certificate_checked', subjectOf(one), payload)
    return { id: one.id, state }
  }

export const accept =
  (ports: CreditPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof acceptCertificate>): Promise<Changed> => {
    const one = await locked(ctx, params.id, ['checked'])
    const { tenantId, personId, personName } = ctx.actor
    if (one.checkedBy === personId) throw refusals.not_by_the_same()
    const change = { state: 'accepted', accepted_by: personId, accepted_name: personName } as const
    await q.setCertificate(ctx.db, tenantId, one.id, change, ctx.now)
    const hundredths = hoursOf(one)
    await count(ctx, ports, one, hundredths)
    await publish(ctx, 'credits.certificate_accepted', subjectOf(one), { memberId: one.memberId, hundredths })
    return { id: one.id, state: 'accepted' }
  }

async function count(ctx: Ctx<Tx>, ports: CreditPorts, one: q.Certificate, hundredths: number): Promise<void> {
  const { tenantId, personId } = ctx.actor
  await enter({ db: ctx.db, now: ctx.now, tenantId, actorId: personId }, ports, {
    memberId: one.memberId,
    on: one.heldOn,
    source: 'certificate',
    sourceId: one.id,
    statementId: null,
    title: one.title,
    part: 'elective',
    fact: { kind: 'certificate', hundredths },
  })
}

export async function sendBack(ctx: Ctx<Tx>, { params, body }: Input<typeof returnCertificate>): Promise<Changed> {
  const one = await locked(ctx, params.id, ['submitted', 'checked'])
  const change = { state: 'returned', reason: body.reason.trim() } as const
  await q.setCertificate(ctx.db, ctx.actor.tenantId, one.id, change, ctx.now)
  await publish(ctx, 'credits.certificate_returned', subjectOf(one), { memberId: one.memberId })
  return { id: one.id, state: 'returned' }
}
