import { canonical, type Json } from './reading.ts'
import type { Question } from './shapes.ts'

type Lists = { readonly [list: string]: readonly string[] }
type Paper = 'abstain' | Lists | { readonly invalid: string }

const MEMBERS: Readonly<Record<Question['kind'], string>> = {
  single: 'picks,write_ins',
  several: 'picks,write_ins',
  approval: 'against,for,write_ins',
  ranked: 'ranks',
}

/** What an opened ballot says; `plaintext` is null where it did not open. The order of the tests is that of the format. */
function readPaper(question: Question, plaintext: Buffer | null): Paper {
  if (plaintext === null) return { invalid: 'unreadable' }
  const zero = plaintext.indexOf(0)
  const end = zero === -1 ? plaintext.length : zero
  if (plaintext.subarray(end).some((byte) => byte !== 0)) return { invalid: 'padding' }
  let said: Json
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plaintext.subarray(0, end))
    said = JSON.parse(text) as Json
    if (canonical(said) !== text) return { invalid: 'malformed' }
  } catch {
    return { invalid: 'malformed' }
  }
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return { invalid: 'malformed' }
  if ('abstain' in said) return canonical(said) === '{"abstain":true}' ? 'abstain' : { invalid: 'malformed' }
  const members = Object.keys(said).join()
  const areLists = Object.values(said).every(
    (list) => Array.isArray(list) && list.every((item) => typeof item === 'string'),
  )
  if (members !== MEMBERS[question.kind] || !areLists) return { invalid: 'malformed' }
  const invalid = faultOf(question, said as unknown as Lists)
  return invalid ? { invalid } : (said as unknown as Lists)
}

function faultOf(question: Question, lists: Lists): string | null {
  const placeOf = new Map(question.options.map(({ id }, at) => [id, at]))
  const allowed = new Set(question.write_ins)
  const { write_ins: written = [], ...marks } = lists
  const marked = Object.values(marks).flat()
  if (marked.some((id) => !placeOf.has(id)) || written.some((id) => !allowed.has(id))) return 'unknown_option'
  const rises = <T>(keys: readonly T[]) => keys.every((key, at) => at === 0 || (keys[at - 1] as T) < key)
  for (const [list, ids] of Object.entries(marks)) {
    if (list !== 'ranks' && !rises(ids.map((id) => placeOf.get(id) as number))) return 'malformed'
  }
  if (!rises(written) || new Set(marked).size < marked.length || marked.length + written.length < 1) return 'malformed'
  const favoured = question.kind === 'approval' ? marks.for : question.kind === 'ranked' ? [] : marks.picks
  if ((favoured?.length ?? 0) + written.length > question.seats) return 'too_many'
  return question.kind === 'approval' && written.length > (marks.against?.length ?? 0) ? 'write_in' : null
}

/** The entry of result.json for one question. */
export function countQuestion(question: Question, plaintexts: readonly (Buffer | null)[], issued: number): Json {
  const reasons: Record<string, number> = {}
  const options = new Map(question.options.map(({ id }) => [id, { against: 0, abstain: 0, for: 0 }]))
  const members = new Map<string, number>()
  const rankings = new Map<string, number>()
  const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
  let [valid, abstained] = [0, 0]
  for (const plaintext of plaintexts) {
    const paper = readPaper(question, plaintext)
    if (paper !== 'abstain' && typeof paper.invalid === 'string') {
      reasons[paper.invalid] = (reasons[paper.invalid] ?? 0) + 1
      continue
    }
    valid += 1
    if (paper === 'abstain') abstained += 1
    const lists = paper === 'abstain' ? {} : (paper as Lists)
    for (const [id, counted] of options) {
      if (lists.picks?.includes(id) || lists.for?.includes(id) || lists.ranks?.[0] === id) counted.for += 1
      else if (lists.against?.includes(id)) counted.against += 1
      else if (paper === 'abstain' || question.kind === 'approval') counted.abstain += 1
    }
    for (const member of lists.write_ins ?? []) add(members, member)
    if (lists.ranks) add(rankings, JSON.stringify(lists.ranks))
  }
  const byText = ([a]: [string, number], [b]: [string, number]) => (a < b ? -1 : 1)
  return {
    question: question.id,
    issued,
    returned: plaintexts.length,
    valid,
    invalid: plaintexts.length - valid,
    abstained,
    reasons,
    options: [...options].map(([option, counted]) => ({ option, ...counted })),
    write_ins: [...members].sort(byText).map(([member, votes]) => ({ member, votes })),
    rankings: [...rankings]
      .sort((a, b) => b[1] - a[1] || byText(a, b))
      .map(([ranks, ballots]) => ({ ranks: JSON.parse(ranks) as Json, ballots })),
  }
}
