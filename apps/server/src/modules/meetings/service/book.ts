import { type Input, type printBook, type Reply, meetingsRefusals as refusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { type PaperBlock, printForm } from '../../forms/index.ts'
import { findUnit } from '../../org/index.ts'
import { filled, wordsOf } from '../meetings.print-words.ts'
import { isPresent } from '../meetings.rows.ts'
import { type AgendaRow, agendaOf } from '../queries/agenda.queries.ts'
import * as people from '../queries/attendees.queries.ts'
import { BRANCH_KINDS } from '../queries/figures.queries.ts'
import { filedOfYear } from '../queries/filed.queries.ts'
import type { Meeting } from '../queries/meetings.queries.ts'
import * as record from '../queries/record.queries.ts'
import { absentOf } from '../queries/study.queries.ts'

const MOST_MEETINGS = 200
type Words = ReturnType<typeof wordsOf>

/** 会议记录本: the filed records of a branch in a year with contents, as one PDF made after the transaction. */
export async function book(ctx: Ctx<Tx>, { body }: Input<typeof printBook>): Promise<Reply<typeof printBook>> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  if (!BRANCH_KINDS.includes(unit.kind)) throw refusals.not_a_branch.at('/body/orgId', { name: unit.name })
  const found = await filedOfYear(ctx.db, ctx.actor, unit.id, body.year, MOST_MEETINGS + 1)
  if (found.length > MOST_MEETINGS) throw refusals.too_many_rows({ most: MOST_MEETINGS })
  const language = body.language ?? 'zh-CN'
  const words = wordsOf(language)
  const title = filled(words.book.title, { year: body.year })
  const entries: Entry[] = []
  for (const meeting of found) entries.push(await entryOf(ctx, meeting, words))
  const subject = { kind: 'org', id: unit.id, orgPath: unit.path }
  await publish(ctx, 'meetings.book_printed', subject, {
    year: body.year,
    meetings: entries.length,
    purpose: body.purpose.trim(),
  })
  const facts = {
    language,
    organisation: unit.name,
    printedAt: ctx.now.toISOString(),
    title,
    style: 'record' as const,
    blocks: [...contentsOf(entries, words), ...entries.flatMap((entry, at) => pagesOf(entry, at + 1, words))],
  }
  return {
    fileName: `${unit.name}-${title}.pdf`,
    make: () => printForm({ kind: 'paper', format: 'pdf', facts }),
  }
}

type Entry = {
  readonly meeting: Meeting
  readonly kinds: string
  readonly chair: string
  readonly recorder: string
  readonly counts: { expected: number; present: number; onLeave: number; absent: number }
  readonly agenda: readonly AgendaRow[]
  readonly tasks: readonly record.Task[]
  readonly signatures: readonly record.Signature[]
  readonly errata: readonly record.Erratum[]
  readonly madeUp: readonly string[]
}

async function entryOf(ctx: Ctx<Tx>, meeting: Meeting, words: Words): Promise<Entry> {
  const { tenantId } = ctx.actor
  const called = await people.allAttendees(ctx.db, tenantId, meeting.id)
  const expected = called.filter(({ part }) => part === 'voter' || part === 'nonvoter')
  const away = expected.filter((one) => !isPresent(one))
  const onLeave = away.filter(({ answer }) => answer === 'leave_approved').length
  const name = (id: string | null) => called.find(({ memberId }) => memberId === id)?.name ?? ''
  return {
    meeting,
    kinds: meeting.kinds.map((kind) => words.kinds[kind]).join(words.separator),
    chair: name(meeting.chairId),
    recorder: name(meeting.recorderId),
    counts: {
      expected: expected.length,
      present: expected.length - away.length,
      onLeave,
      absent: away.length - onLeave,
    },
    agenda: await agendaOf(ctx.db, tenantId, meeting.id),
    tasks: await record.tasksOf(ctx.db, tenantId, meeting.id),
    signatures: await record.signaturesOf(ctx.db, tenantId, meeting.id),
    errata: await record.errataOf(ctx.db, tenantId, meeting.id),
    madeUp: (await absentOf(ctx.db, tenantId, meeting.id))
      .filter(({ state }) => state === 'countersigned')
      .map(({ name: who }) => who),
  }
}

function contentsOf(entries: readonly Entry[], { book: b }: Words): PaperBlock[] {
  if (entries.length === 0) return [{ kind: 'paragraph', text: b.empty }]
  return [
    { kind: 'heading', text: b.contents },
    {
      kind: 'register',
      columns: [
        { header: b.number, width: 8 },
        { header: b.on, width: 15 },
        { header: b.kind, width: 21 },
        { header: b.name, width: 34, isLong: true },
        { header: b.expected, width: 8 },
        { header: b.present, width: 8 },
        { header: b.page, width: 8 },
      ],
      rows: entries.map(({ meeting, kinds, counts }, at) => [
        String(at + 1),
        meeting.heldOn,
        kinds,
        meeting.title,
        String(counts.expected),
        String(counts.present),
        { pageOf: nameOf(at + 1) },
      ]),
    },
  ]
}

/** What the contents call the text of a meeting. */
const nameOf = (number: number): string => `meeting-${number}`
const line = (text: string): PaperBlock => ({ kind: 'paragraph', text, indent: true })

function pagesOf(entry: Entry, number: number, words: Words): PaperBlock[] {
  const { book: b } = words
  const { meeting } = entry
  const part = (heading: string, lines: readonly string[]): PaperBlock[] =>
    lines.length === 0 ? [] : [{ kind: 'heading', text: heading }, ...lines.map(line)]
  return [
    { kind: 'subtitle', text: `${number}. ${meeting.title}`, name: nameOf(number) },
    {
      kind: 'particulars',
      pairs: [
        [b.time, `${words.instant(meeting.startsAt.toISOString())} – ${words.instant(meeting.endsAt.toISOString())}`],
        [b.place, meeting.place ?? meeting.onlineUrl ?? ''],
        [b.kind, entry.kinds],
        [b.chair, entry.chair],
        [b.recorder, entry.recorder],
        [b.attendance, filled(b.attended, entry.counts)],
      ],
    },
    ...part(
      b.agenda,
      entry.agenda.map((item, at) => `${at + 1}. ${item.title}${item.presenter ? ` (${item.presenter})` : ''}`),
    ),
    ...part(
      b.discussion,
      (meeting.minutes.discussion ?? []).map(({ speaker, words: said }) => `${speaker}: ${said}`),
    ),
    ...part(
      b.resolutions,
      entry.agenda.flatMap((item) => (item.resolution ? [resolutionOf(item, words)] : [])),
    ),
    ...part(
      b.tasks,
      entry.tasks.map(({ what, who, dueOn }) => [what, who, dueOn].filter(Boolean).join(words.separator)),
    ),
    ...part(b.study, entry.madeUp.length === 0 ? [] : [entry.madeUp.join(words.separator)]),
    ...entry.signatures.map(({ name, as, signedAt }) =>
      line(filled(b.signed, { name, as: b.as[as], on: todayOf(signedAt) })),
    ),
    ...part(
      b.errata,
      entry.errata.map(({ at, by, text }) => `${todayOf(at)} ${by}: ${text}`),
    ),
  ]
}

function resolutionOf({ resolution, vote }: AgendaRow, { book: b }: Words): string {
  if (!vote) return resolution ?? ''
  const inFavour = vote.inFavour + vote.writtenInFavour
  const figures = filled(b.vote, {
    eligible: vote.eligible,
    present: vote.present,
    inFavour,
    against: vote.against,
    abstained: vote.abstained,
  })
  return `${resolution ?? ''} (${figures}; ${vote.carried ? b.carried : b.notCarried})`
}
