import { readFileSync } from 'node:fs'
import type { MeetingKindName, MeetingState } from '@tongxin/contract'

type BookWord =
  | 'title'
  | 'contents'
  | 'number'
  | 'on'
  | 'kind'
  | 'name'
  | 'expected'
  | 'present'
  | 'page'
  | 'chair'
  | 'recorder'
  | 'place'
  | 'time'
  | 'attendance'
  | 'attended'
  | 'agenda'
  | 'discussion'
  | 'resolutions'
  | 'tasks'
  | 'vote'
  | 'carried'
  | 'notCarried'
  | 'none'
  | 'signed'
  | 'errata'
  | 'study'
  | 'empty'
type Texts = {
  readonly kinds: Readonly<Record<MeetingKindName, string>>
  readonly states: Readonly<Record<MeetingState, string>>
  readonly categories: Readonly<
    Record<'formal' | 'probationary' | 'candidate' | 'activist' | 'applicant' | 'public', string>
  >
  readonly forms: Readonly<Record<'meeting_notice' | 'attendance_sheet' | 'minutes', string>>
  readonly export: Readonly<
    Record<
      'sheet' | 'title' | 'org' | 'kinds' | 'on' | 'place' | 'state' | 'expected' | 'present' | 'observers',
      string
    >
  >
  readonly ledger: Readonly<Record<'sheet' | 'org' | 'kind' | 'demanded' | 'heldCount' | 'heldOn' | 'missing', string>>
  readonly attendanceList: Readonly<
    Record<
      'sheet' | 'name' | 'memberNo' | 'org' | 'called' | 'present' | 'late' | 'onLeave' | 'absent' | 'rate',
      string
    >
  >
  readonly frequencies: Readonly<Record<'month' | 'quarter' | 'year', string>>
  readonly book: Readonly<Record<BookWord, string>> & {
    readonly as: Readonly<Record<'chair' | 'secretary' | 'recorder', string>>
  }
  readonly addressees: string
  readonly participants: string
  readonly answer: string
  readonly leave: string
  readonly early: string
  readonly separator: string
}
type Language = 'zh-CN' | 'en'
const load = (language: Language): Texts =>
  JSON.parse(readFileSync(new URL(`texts/print.${language}.json`, import.meta.url), 'utf8')) as Texts
const texts = { 'zh-CN': load('zh-CN'), en: load('en') }
const fill = (text: string, count: number): string => filled(text, { count })

/** Puts figures and names into a text with `{{places}}`. */
export const filled = (text: string, places: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(places[name] ?? ''))

/** Words of printed forms and workbooks of this module: the reader of paper has no interface that could translate. */
export function wordsOf(language: Language) {
  const t = texts[language]
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })
  return {
    ...t,
    participants: (people: number) => fill(t.participants, people),
    requirements: (leaveBefore: number, opensBefore: number) => [
      t.answer,
      fill(t.leave, leaveBefore),
      fill(t.early, opensBefore),
    ],
    instant: (at: string) => clock.format(new Date(at)),
  }
}
