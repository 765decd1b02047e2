import { type FileReply, type Input, type printAbsence, membershipRefusals as refusals } from '@tongxin/contract'
import english from '@tongxin/contract/words/membership.en.json' with { type: 'json' }
import chinese from '@tongxin/contract/words/membership.zh-CN.json' with { type: 'json' }
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { personNamesOf } from '../../access/index.ts'
import { type PaperBlock, printForm } from '../../forms/index.ts'
import * as q from '../queries/absences.queries.ts'
import { isHome, subjectOf } from './absences.ts'

/** Rows left for the host to write into by hand: one a month. */
const ROOM = 12
type Words = typeof chinese

/**
 * 流动党员活动登记表, and its like for people who are lost or abroad: what is known, the contacts so far, and for a floating
 * member room for the organisation where he is. Contacts are the business of the own branch; a host gets none of them.
 */
export async function sheet(ctx: Ctx<Tx>, { params, body }: Input<typeof printAbsence>): Promise<FileReply> {
  const absence = await q.findAbsence(ctx.db, ctx.actor, params.id)
  if (!absence) throw refusals.not_found()
  const language = body.language ?? 'zh-CN'
  const words: Words = language === 'en' ? english : chinese
  const contacts = isHome(ctx.actor, absence) ? await q.contactsOf(ctx.db, ctx.actor.tenantId, absence.id) : []
  const names = await personNamesOf(
    ctx.db,
    contacts.map(({ byId }) => byId),
  )
  await publish(ctx, 'membership.absence_printed', subjectOf(absence), { kind: absence.kind, format: body.format })
  const title = words.sheet[absence.kind]
  const facts = {
    language,
    organisation: absence.unitName,
    printedAt: ctx.now.toISOString(),
    title,
    style: 'record' as const,
    blocks: [
      particulars(absence, words),
      ...contactsBlock(contacts, names, words),
      ...(absence.kind === 'floating' ? lifeBlock(words) : []),
      {
        kind: 'signatures' as const,
        lines: [words.sheet.keeper, words.sheet.branch].map((label) => ({ label, value: '', date: '' })),
      },
    ],
  }
  return {
    fileName: `${title}-${absence.name}-${todayOf(ctx.now)}.${body.format}`,
    make: () => printForm({ kind: 'paper', format: body.format, facts }),
  }
}

function particulars(absence: q.Absence, { absenceColumns: c, facts: f, purpose }: Words): PaperBlock {
  const { facts } = absence
  return {
    kind: 'particulars',
    pairs: [
      [c.name, absence.name],
      [c.orgName, absence.unitName],
      [c.startedOn, absence.startedOn],
      [c.toOrgName, absence.hostName ?? ''],
      [c.place, facts.place ?? ''],
      [c.unit, facts.unit ?? ''],
      [c.certificateNo, facts.certificateNo ?? ''],
      [c.expectedReturnOn, facts.expectedReturnOn ?? ''],
      [c.keeper, facts.keeper ?? ''],
      [c.contactDueOn, absence.contactDueOn ?? ''],
      ...(facts.purpose ? [[f.purpose, purpose[facts.purpose]] as const] : []),
      [f.reason, facts.reason ?? ''],
    ],
  }
}

function contactsBlock(
  contacts: readonly q.Contact[],
  names: ReadonlyMap<string, string>,
  { sheet: s, way }: Words,
): PaperBlock[] {
  const rows = contacts.map((one) => [
    one.on,
    way[one.way],
    one.reached ? s.yes : s.no,
    one.note ?? '',
    names.get(one.byId) ?? '',
  ])
  return [
    { kind: 'heading', text: s.contacts },
    {
      kind: 'register',
      columns: [
        { header: s.on, width: 14 },
        { header: s.way, width: 14 },
        { header: s.reached, width: 12 },
        { header: s.note, width: 46, isLong: true },
        { header: s.by, width: 14 },
      ],
      rows: rows.length > 0 ? rows : [['', '', '', s.none, '']],
    },
  ]
}

const lifeBlock = ({ sheet: s }: Words): PaperBlock[] => [
  { kind: 'heading', text: s.life },
  {
    kind: 'register',
    columns: [
      { header: s.on, width: 14 },
      { header: s.activity, width: 46, isLong: true },
      { header: s.dues, width: 14 },
      { header: s.host, width: 26 },
    ],
    rows: Array.from({ length: ROOM }, () => ['', '', '', '']),
  },
]
