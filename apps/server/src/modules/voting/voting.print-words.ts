import { readFileSync } from 'node:fs'
import type { VoteState } from '@tongxin/contract'
import type { Channel, Secrecy, VotePlan } from '@tongxin/domain'

type Word =
  | 'title'
  | 'organisation'
  | 'secrecy'
  | 'shouldAttend'
  | 'present'
  | 'closed'
  | 'counted'
  | 'issued'
  | 'returned'
  | 'valid'
  | 'invalid'
  | 'option'
  | 'for'
  | 'against'
  | 'abstain'
  | 'writtenFor'
  | 'outcome'
  | 'writtenIn'
  | 'passed'
  | 'notPassed'
  | 'tied'
  | 'by'
  | 'root'
  | 'rootBytes'
  | 'rootWhy'
  | 'scrutineer'
  | 'teller'
  | 'chair'

type Named<K extends string> = Readonly<Record<K, string>>
type Column =
  | 'title'
  | 'org'
  | 'subject'
  | 'secrecy'
  | 'channel'
  | 'state'
  | 'voters'
  | 'drawn'
  | 'present'
  | 'createdOn'
  | 'closedOn'
  | 'countedOn'
/** Words of the list of votes as a file. */
export type ListWords = {
  readonly sheet: string
  readonly columns: Named<Column>
  readonly subjects: Named<VotePlan['subject']['kind']>
  readonly secrecies: Named<Secrecy>
  readonly channels: Named<Channel>
  readonly states: Named<VoteState>
}
export type PrintWords = Named<Word> & { readonly secrecies: Named<Secrecy>; readonly list: ListWords }
export type Language = 'zh-CN' | 'en'

const read = (language: Language): PrintWords =>
  JSON.parse(readFileSync(new URL(`./texts/print.${language}.json`, import.meta.url), 'utf8')) as PrintWords
const words: Partial<Record<Language, PrintWords>> = {}

/** The words of the printed record, read from their file once. */
export function wordsOf(language: Language): PrintWords {
  const known = words[language] ?? read(language)
  words[language] = known
  return known
}
