import { dateText, dayOf, momentText } from '../forms.format.ts'
import { type Block, type Cell, cell, centred, label, type Sheet } from '../forms.sheet.ts'
import { textsOf } from '../forms.texts.ts'
import type { FormLanguage, Minutes } from '../forms.types.ts'
import { countsGrid, meetingGrid } from './attendance-sheet.ts'

type Texts = ReturnType<typeof textsOf>

const paragraphsOf = (text: string): Block[] =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => ({ kind: 'paragraph', text: line.trim(), indent: true }))

function peopleGrid(facts: Minutes, t: Texts): Block {
  const withReason = (people: Minutes['absent']): string =>
    people.map((person) => (person.reason ? `${person.name}（${person.reason}）` : person.name)).join(t.comma) || t.none
  const rows: Cell[][] = [
    [label(t.minutes.presentPeople), cell(facts.present.join(t.comma) || t.none)],
    [label(t.minutes.leavePeople), cell(withReason(facts.onLeave))],
    [label(t.minutes.absentPeople), cell(withReason(facts.absent))],
    [label(t.minutes.observerPeople), cell(facts.observers.join(t.comma) || t.none)],
  ]
  return { kind: 'table', widths: [16, 84], rows, minRowMm: 8.5, size: 11 }
}

function agendaBlocks(facts: Minutes, t: Texts): Block[] {
  return facts.agenda.map((item, at) => ({
    kind: 'paragraph',
    indent: true,
    text: `${at + 1}. ${item.title}${item.reporter ? `（${t.minutes.reporter}${t.colon}${item.reporter}）` : ''}`,
  }))
}

function discussionBlocks(facts: Minutes, t: Texts): Block[] {
  return facts.discussion.flatMap((turn) =>
    paragraphsOf(turn.speaker ? `${turn.speaker}${t.colon}${turn.words}` : turn.words),
  )
}

function resolutionBlocks(facts: Minutes, t: Texts): Block[] {
  return facts.resolutions.flatMap((resolution, at) => [
    ...paragraphsOf(`${at + 1}. ${resolution.text}`),
    ...(resolution.vote ? paragraphsOf(t.minutes.vote(resolution.vote)) : []),
    ...(resolution.carried === null ? [] : paragraphsOf(resolution.carried ? t.minutes.carried : t.minutes.lost)),
    ...(resolution.rule ? paragraphsOf(`${t.minutes.rule}${t.colon}${resolution.rule}`) : []),
  ])
}

function taskBlocks(facts: Minutes, t: Texts, language: FormLanguage): Block[] {
  const rows = facts.tasks.map((task, at) => [
    centred(String(at + 1)),
    cell(task.what),
    centred(task.who),
    centred(dateText(task.dueOn, language)),
  ])
  const head = [t.index, t.minutes.task, t.minutes.who, t.minutes.dueOn].map((text) => label(text))
  return [{ kind: 'table', widths: [8, 52, 18, 22], head, rows, minRowMm: 8.5, size: 11 }]
}

function errataBlocks(facts: Minutes, t: Texts, language: FormLanguage): Block[] {
  return facts.errata.flatMap(
    (erratum) =>
      [
        { kind: 'paragraph', text: t.minutes.erratum(momentText(erratum.at, language), erratum.by), bold: true },
        ...paragraphsOf(erratum.text),
        ...paragraphsOf(`${t.minutes.reason}${t.colon}${erratum.reason}`),
      ] satisfies Block[],
  )
}

/** 会议记录: facts, attendance, agenda, discussion, counted resolutions, signatures; errata follow what was signed. */
export function minutes(facts: Minutes): Sheet {
  const language = facts.language ?? 'zh-CN'
  const t = textsOf(language)
  const m = t.minutes
  const section = (heading: string, blocks: readonly Block[]): Block[] =>
    blocks.length > 0 ? [{ kind: 'heading', text: heading }, ...blocks] : []
  const signed = facts.signatures.map((signature) => ({
    label: m.signAs[signature.as],
    value: signature.name ?? '',
    date: signature.signedAt ? dateText(dayOf(signature.signedAt), language) : '',
  }))
  const blocks: Block[] = [
    { kind: 'title', text: m.title },
    { kind: 'subtitle', text: facts.organisation },
    meetingGrid(facts.meeting, t, language, facts.session),
    countsGrid(facts.counts, t),
    peopleGrid(facts, t),
    ...section(m.agenda, agendaBlocks(facts, t)),
    ...section(m.discussion, discussionBlocks(facts, t)),
    ...section(m.resolutions, resolutionBlocks(facts, t)),
    ...section(m.tasks, facts.tasks.length > 0 ? taskBlocks(facts, t, language) : []),
    ...(facts.photos.length > 0 ? [{ kind: 'pictures' as const, heading: m.photos, pictures: facts.photos }] : []),
    { kind: 'space', mm: 6 },
    { kind: 'signatures', lines: signed },
    ...section(m.errata, errataBlocks(facts, t, language)),
  ]
  return {
    language,
    title: `${facts.meeting.title} ${m.title}`,
    author: facts.organisation,
    printedAt: facts.printedAt,
    orientation: 'portrait',
    style: 'record',
    blocks,
  }
}
