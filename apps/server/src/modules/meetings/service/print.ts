import { createHash } from 'node:crypto'
import {
  type exportMeetings,
  type Input,
  type printMinutes,
  type Reply,
  meetingsRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf } from '../../../platform/page.ts'
import { writeXlsx } from '../../../platform/spreadsheet/write.ts'
import {
  type AttendanceCounts,
  type MeetingFacts,
  type Minutes,
  type PrintOrder,
  printForm,
} from '../../forms/index.ts'
import { unitNameOf } from '../../org/index.ts'
import { wordsOf } from '../meetings.print-words.ts'
import { isPresent, rowOf } from '../meetings.rows.ts'
import { type AgendaRow, agendaOf } from '../queries/agenda.queries.ts'
import * as people from '../queries/attendees.queries.ts'
import * as meetings from '../queries/meetings.queries.ts'
import * as record from '../queries/record.queries.ts'
import { subjectOf } from './locked.ts'
import { photosToPrint } from './photos.ts'
import { filterOf } from './plan.ts'

type Language = 'zh-CN' | 'en'
type Stored = Parameters<typeof photosToPrint>[1]
type PrintInput = Input<typeof printMinutes>
type File = Reply<typeof printMinutes>
type Gathered = {
  meeting: meetings.Meeting
  called: people.Attendee[]
  agenda: AgendaRow[]
  base: { language: Language; organisation: string; printedAt: string }
  facts: MeetingFacts
  counts: AttendanceCounts
}

async function gather(ctx: Ctx<Tx>, id: string, language: Language): Promise<Gathered> {
  const meeting = await meetings.findMeeting(ctx.db, ctx.actor, id)
  if (!meeting) throw refusals.not_found()
  const { tenantId } = ctx.actor
  const called = await people.allAttendees(ctx.db, tenantId, id)
  const ids = [meeting.chairId, meeting.recorderId].filter((one) => one !== null)
  const names = await people.namesOf(ctx.db, tenantId, ids)
  const name = (memberId: string | null) =>
    called.find((one) => one.memberId === memberId)?.name ?? names.get(memberId ?? '') ?? null
  const words = wordsOf(language)
  const expected = called.filter((one) => one.part === 'voter' || one.part === 'nonvoter')
  const isOver = meeting.closedAt !== null
  return {
    meeting,
    called,
    agenda: await agendaOf(ctx.db, tenantId, id),
    base: {
      language,
      organisation: await unitNameOf(ctx.db, tenantId, meeting.orgId),
      printedAt: ctx.now.toISOString(),
    },
    facts: {
      title: meeting.title,
      types: meeting.kinds.map((kind) => words.kinds[kind]),
      startsAt: meeting.startsAt.toISOString(),
      endsAt: meeting.endsAt.toISOString(),
      place: [meeting.place, meeting.onlineUrl].filter(Boolean).join(' '),
      chair: name(meeting.chairId),
      recorder: name(meeting.recorderId),
    },
    counts: {
      expected: meeting.convenedAt ? expected.length : null,
      present: isOver ? expected.filter(isPresent).length : null,
      onLeave: isOver ? expected.filter((one) => one.answer === 'leave_approved' && !isPresent(one)).length : null,
      absent: isOver ? expected.filter((one) => one.answer !== 'leave_approved' && !isPresent(one)).length : null,
      observers: meeting.convenedAt ? called.filter((one) => one.part === 'observer').length : null,
    },
  }
}

async function printed(ctx: Ctx<Tx>, all: Gathered, order: PrintOrder): Promise<File> {
  await publish(ctx, 'meetings.printed', subjectOf(all.meeting), { form: order.kind, format: order.format })
  const words = wordsOf(all.base.language)
  return {
    fileName: `${all.meeting.title}-${words.forms[order.kind as keyof typeof words.forms]}.${order.format}`,
    make: () => printForm(order),
  }
}

const language = (input: PrintInput): Language => input.body.language ?? 'zh-CN'

export async function notice(ctx: Ctx<Tx>, input: PrintInput): Promise<File> {
  const all = await gather(ctx, input.params.id, language(input))
  const words = wordsOf(all.base.language)
  const facts = {
    ...all.base,
    meeting: all.facts,
    documentNumber: null,
    addressees: words.addressees,
    participants: words.participants(all.called.filter((one) => one.part !== 'left_out').length),
    agenda: all.agenda.map(({ title }) => title),
    requirements: words.requirements(all.meeting.leaveBefore, all.meeting.opensBefore),
    contact: null,
    issuedOn: todayOf(all.meeting.convenedAt ?? ctx.now),
  }
  return printed(ctx, all, { kind: 'meeting_notice', format: input.body.format, facts })
}

export async function attendance(ctx: Ctx<Tx>, input: PrintInput): Promise<File> {
  const all = await gather(ctx, input.params.id, language(input))
  const words = wordsOf(all.base.language)
  const isOver = all.meeting.closedAt !== null
  const facts = {
    ...all.base,
    meeting: all.facts,
    counts: all.counts,
    people: all.called
      .filter((one) => one.part !== 'left_out')
      .map((one) => ({
        name: one.name,
        memberNumber: one.memberNo,
        standing: words.categories[one.category as keyof typeof words.categories] ?? one.category,
        observer: one.part === 'observer',
        mark: isPresent(one)
          ? one.late
            ? ('late' as const)
            : ('present' as const)
          : one.answer === 'leave_approved'
            ? ('on_leave' as const)
            : isOver
              ? ('absent' as const)
              : ('open' as const),
        checkedInAt: isPresent(one) ? (one.checkedInAt?.toISOString() ?? null) : null,
        remark: one.proxyReason ?? (one.answer === 'leave_approved' ? one.leaveReason : null),
      })),
  }
  return printed(ctx, all, { kind: 'attendance_sheet', format: input.body.format, facts })
}

/** The record with its pictures, which are drawn for paper after the transaction. */
export const minutes =
  (stored: Stored) =>
  async (ctx: Ctx<Tx>, input: PrintInput): Promise<File> => {
    const all = await gather(ctx, input.params.id, language(input))
    const facts = await minutesFacts(ctx, all)
    const { format } = input.body
    const draw = await photosToPrint(ctx, stored, all.meeting.id)
    const { fileName } = await printed(ctx, all, { kind: 'minutes', format, facts })
    const make = async () => printForm({ kind: 'minutes', format, facts: { ...facts, photos: await draw() } })
    return { fileName, make }
  }

async function minutesFacts(ctx: Ctx<Tx>, all: Gathered): Promise<Minutes> {
  const { meeting, called } = all
  const { tenantId } = ctx.actor
  const [tasks, signatures, errata] = [
    await record.tasksOf(ctx.db, tenantId, meeting.id),
    await record.signaturesOf(ctx.db, tenantId, meeting.id),
    await record.errataOf(ctx.db, tenantId, meeting.id),
  ]
  const expected = called.filter((one) => one.part === 'voter' || one.part === 'nonvoter')
  const isEnglish = all.base.language === 'en'
  return {
    ...all.base,
    meeting: all.facts,
    session: meeting.session,
    counts: all.counts,
    present: expected.filter(isPresent).map(({ name }) => name),
    onLeave: expected
      .filter((one) => !isPresent(one) && one.answer === 'leave_approved')
      .map((one) => ({ name: one.name, reason: one.leaveReason })),
    absent: expected
      .filter((one) => !isPresent(one) && one.answer !== 'leave_approved')
      .map((one) => ({ name: one.name, reason: null })),
    observers: called.filter((one) => one.part === 'observer' && isPresent(one)).map(({ name }) => name),
    agenda: all.agenda.map((item) => ({ title: item.title, reporter: item.presenter })),
    discussion: meeting.minutes.discussion ?? [],
    resolutions: all.agenda
      .filter((item) => item.resolution !== null)
      .map((item) => ({
        text: item.resolution ?? '',
        carried: item.vote?.carried ?? null,
        rule: item.vote ? (isEnglish ? item.vote.citation.en : item.vote.citation.zh) : null,
        vote: item.vote && {
          eligible: item.vote.eligible,
          presentEligible: item.vote.present,
          inFavour: item.vote.inFavour + item.vote.writtenInFavour,
          against: item.vote.against,
          abstained: item.vote.abstained,
        },
      })),
    tasks: tasks.map(({ what, who, dueOn }) => ({ what, who, dueOn })),
    signatures: [
      ...signatures.map((one) => ({ as: one.as, name: one.name, signedAt: one.signedAt.toISOString() })),
      ...(signatures.some(({ as }) => as === 'chair') ? [] : [{ as: 'chair' as const, name: null, signedAt: null }]),
      ...(signatures.some(({ as }) => as !== 'chair')
        ? []
        : [{ as: 'secretary' as const, name: null, signedAt: null }]),
    ],
    errata: errata.map((one) => ({ ...one, at: one.at.toISOString() })),
    photos: [],
  }
}

const MOST_ROWS = 10_000
const column = (key: string, header: string, width: number) => ({ key, header, width })

/** The list as a workbook; what was taken out, for what purpose, stands in the event with the hash of the file's rows. */
export async function exported(
  ctx: Ctx<Tx>,
  { body }: Input<typeof exportMeetings>,
): Promise<Reply<typeof exportMeetings>> {
  const filter = await filterOf(ctx, body)
  const keyset = keysetOf({ limit: MOST_ROWS }, { startsAt: 'm.starts_at' }, '-startsAt')
  const found = await meetings.listMeetings(ctx.db, ctx.actor, filter, keyset)
  if (found.length > MOST_ROWS) throw refusals.too_many_rows({ most: MOST_ROWS })
  const words = wordsOf(body.language ?? 'zh-CN')
  const h = words.export
  const rows = found
    .map((row) => rowOf(row, filter.today))
    .map((row) => ({
      title: row.title,
      org: row.orgName,
      kinds: row.kinds.map((kind) => words.kinds[kind]).join(words.separator),
      on: words.instant(row.startsAt),
      place: row.place,
      state: words.states[row.state],
      expected: row.counts.voters + row.counts.nonvoters,
      present: row.counts.present,
      observers: row.counts.observers,
    }))
  const columns = [
    column('title', h.title, 36),
    column('org', h.org, 30),
    column('kinds', h.kinds, 20),
    column('on', h.on, 18),
    column('place', h.place, 24),
    column('state', h.state, 12),
    column('expected', h.expected, 8),
    column('present', h.present, 8),
    column('observers', h.observers, 8),
  ]
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  await publish(
    ctx,
    'meetings.exported',
    { kind: 'meeting', id: null, orgPath: ctx.actor.scope },
    { rows: rows.length, purpose: body.purpose.trim(), sha256 },
  )
  return {
    fileName: `${h.sheet}-${todayOf(ctx.now)}.xlsx`,
    make: () => writeXlsx({ sheets: [{ name: h.sheet, columns, rows }] }),
  }
}
