import { clockText, spanText } from '../forms.format.ts'
import { type Block, type Cell, cell, centred, label, type Sheet, type TableBlock } from '../forms.sheet.ts'
import { textsOf } from '../forms.texts.ts'
import type { AttendanceCounts, AttendanceSheet, MeetingFacts } from '../forms.types.ts'

type Texts = ReturnType<typeof textsOf>

/** The grid that opens the sheet and the minutes: what, when, where, by whom. */
export function meetingGrid(
  meeting: MeetingFacts,
  t: Texts,
  language: 'zh-CN' | 'en',
  session?: string | null,
): TableBlock {
  const a = t.attendance
  const rows: Cell[][] = [
    [label(a.meeting), cell(meeting.title, { columns: 3 })],
    session
      ? [label(a.types), cell(meeting.types.join(t.comma)), label(t.minutes.session), cell(session)]
      : [label(a.types), cell(meeting.types.join(t.comma), { columns: 3 })],
    [label(a.time), cell(spanText(meeting.startsAt, meeting.endsAt, language), { columns: 3 })],
    [label(a.place), cell(meeting.place, { columns: 3 })],
    [label(a.chair), cell(meeting.chair), label(a.recorder), cell(meeting.recorder)],
  ]
  return { kind: 'table', widths: [16, 36, 14, 34], rows, minRowMm: 8.5, size: 11 }
}

/** One row of counts; an unknown count leaves a line for the pen. */
export function countsGrid(counts: AttendanceCounts, t: Texts): TableBlock {
  const keys = ['expected', 'present', 'onLeave', 'absent', 'observers'] as const
  const row = keys.flatMap((key) => {
    const count = counts[key]
    return [
      label(t.attendance.counts[key]),
      centred(count === null ? `　　${t.attendance.persons}` : `${count} ${t.attendance.persons}`.trim()),
    ]
  })
  return { kind: 'table', widths: [9, 11, 9, 11, 9, 11, 9, 11, 9, 11], rows: [row], minRowMm: 8.5, size: 11 }
}

/** 签到表: every expected person with room to sign, then the people attending without a vote. */
export function attendanceSheet(facts: AttendanceSheet): Sheet {
  const language = facts.language ?? 'zh-CN'
  const t = textsOf(language)
  const a = t.attendance
  const head = [t.index, t.name, t.memberNumber, t.standing, t.signature, a.checkedIn, t.remark].map((text) =>
    label(text),
  )
  const row = (person: AttendanceSheet['people'][number], at: number): Cell[] => [
    centred(String(at + 1)),
    centred(person.name),
    centred(person.memberNumber),
    centred(person.standing),
    cell(''),
    centred(clockText(person.checkedInAt)),
    cell([a.marks[person.mark], person.remark].filter(Boolean).join(t.comma), { align: 'center' }),
  ]
  const table = (people: AttendanceSheet['people']): TableBlock => ({
    kind: 'table',
    widths: [6, 18, 17, 14, 21, 11, 13],
    head,
    rows: people.map(row),
    minRowMm: 9,
    size: 10.5,
  })
  const observers = facts.people.filter((person) => person.observer)
  const blocks: Block[] = [
    { kind: 'title', text: a.title },
    { kind: 'subtitle', text: facts.organisation },
    meetingGrid(facts.meeting, t, language),
    countsGrid(facts.counts, t),
    { kind: 'space', mm: 3 },
    table(facts.people.filter((person) => !person.observer)),
    ...(observers.length > 0 ? [{ kind: 'heading', text: a.observers } as const, table(observers)] : []),
    { kind: 'space', mm: 4 },
    { kind: 'signatures', lines: [{ label: a.verified, value: '', date: '' }] },
  ]
  return {
    language,
    title: `${facts.meeting.title} ${a.title}`,
    author: facts.organisation,
    printedAt: facts.printedAt,
    orientation: 'portrait',
    style: 'record',
    blocks,
  }
}
