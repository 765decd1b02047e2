import { type exportMyNotes, type FileReply, type Input, studyRefusals as refusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { personNamesOf } from '../../access/index.ts'
import { type PaperBlock, printForm } from '../../forms/index.ts'
import * as q from '../queries/notes.queries.ts'
import { MOST_NOTES } from '../study.policy.ts'
import { wordsOf } from '../study.print-words.ts'

type Words = ReturnType<typeof wordsOf>['own']
const DAY_MS = 86_400_000

type Part = { readonly title: string; readonly notes: readonly q.Note[] }

/** The own notes to take along: nobody else can ask for them, and no event tells that somebody did. */
export async function file(ctx: Ctx<Tx>, { body }: Input<typeof exportMyNotes>): Promise<FileReply> {
  const { format, fromOn, untilOn, language = 'zh-CN' } = body
  const days = {
    from: fromOn ? new Date(`${fromOn}T00:00:00+08:00`) : null,
    before: untilOn ? new Date(Date.parse(`${untilOn}T00:00:00+08:00`) + DAY_MS) : null,
  }
  const notes = await q.allNotes(ctx.db, ctx.actor, days, MOST_NOTES + 1)
  if (notes.length === 0) throw refusals.nothing_noted()
  if (notes.length > MOST_NOTES) throw refusals.too_many_notes({ most: MOST_NOTES })
  const name = (await personNamesOf(ctx.db, [ctx.actor.personId])).get(ctx.actor.personId) ?? ''
  const { own: words } = wordsOf(language)
  const parts = partsOf(notes, words)
  const fileName = `${words.notes}-${todayOf(ctx.now)}.${format}`
  if (format === 'md') return { fileName, make: async () => new TextEncoder().encode(markdownOf(parts, words)) }
  const facts = {
    language,
    title: words.notes,
    style: 'record',
    organisation: name,
    printedAt: ctx.now.toISOString(),
    blocks: parts.flatMap((part) => blocksOf(part, words)),
  } as const
  return { fileName, make: () => printForm({ kind: 'paper', format, facts }) }
}

/** Course by course in the order in which one began to note in them; a course by its latest title. */
function partsOf(notes: readonly q.Note[], words: Words): Part[] {
  const byCourse = Map.groupBy(notes, ({ courseId }) => courseId)
  return [...byCourse.values()].map((some) => ({
    title: some.at(-1)?.courseTitle ?? words.noCourse,
    notes: some.toSorted((one, two) => placeIn(one) - placeIn(two)),
  }))
}
/** What was noted at a second stands in the order of the recording, behind what was noted of the whole. */
const placeIn = ({ second }: q.Note): number => second ?? -1

const TWO_DIGITS = (count: number): string => String(count).padStart(2, '0')
/** Seconds as a player shows them: 75 is 1:15, 3675 is 1:01:15. */
function clockOf(second: number): string {
  const [hours, minutes, rest] = [Math.floor(second / 3600), Math.floor(second / 60) % 60, TWO_DIGITS(second % 60)]
  return hours > 0 ? `${hours}:${TWO_DIGITS(minutes)}:${rest}` : `${minutes}:${rest}`
}

const MINUTE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })
/** Where and when: `位置 1:15 · 记于 2026-11-02 10:00`. */
function headOf({ second, createdAt, updatedAt }: q.Note, words: Words): string {
  const [made, changed] = [MINUTE.format(createdAt), MINUTE.format(updatedAt)]
  const when = words.notedAt.replace('{at}', made) + (changed === made ? '' : words.changedAt.replace('{at}', changed))
  return second === null ? when : `${words.place.replace('{at}', clockOf(second))} · ${when}`
}

const linesOf = (text: string): string[] => text.split(/\n+/).filter((line) => line.trim() !== '')

function blocksOf({ title, notes }: Part, words: Words): PaperBlock[] {
  return [
    { kind: 'heading', text: title },
    ...notes.flatMap((note): PaperBlock[] => [
      { kind: 'paragraph', text: headOf(note, words), small: true },
      ...linesOf(note.quote ?? '').map(
        (text): PaperBlock => ({
          kind: 'paragraph',
          text: `${words.quoted}${text}`,
          small: true,
        }),
      ),
      ...linesOf(note.body).map((text): PaperBlock => ({ kind: 'paragraph', text, indent: true })),
    ]),
  ]
}

/** Characters that would mean something at the place where they stand (CommonMark 0.31, 2.4). */
const escaped = (text: string): string =>
  text
    .trim()
    .replaceAll(/[\\`*_[\]<>~&|]/g, '\\$&')
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')

function markdownOf(parts: readonly Part[], words: Words): string {
  const lines = [`# ${words.notes}`]
  for (const { title, notes } of parts) {
    lines.push(`## ${escaped(title)}`)
    for (const note of notes) {
      lines.push(`### ${headOf(note, words)}`)
      if (note.quote)
        lines.push(
          linesOf(note.quote)
            .map((text) => `> ${escaped(text)}`)
            .join('\n>\n'),
        )
      lines.push(...linesOf(note.body).map(escaped))
    }
  }
  return `${lines.join('\n\n')}\n`
}
