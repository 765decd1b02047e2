import { bytes, flag, listOf, matching, object, oneOf, scalars, text, textOrNull, whole } from './reading.ts'

export type Question = {
  id: string
  kind: 'single' | 'several' | 'approval' | 'ranked'
  title: string
  options: readonly { id: string; label: string }[]
  seats: number
  write_ins: readonly string[]
  issuer_key: { n: string; e: string }
  plaintext_bytes: number
}
export type Config = {
  organisation: string
  title: string
  phases: 'split' | 'overlap'
  roll: { root: string; size: number }
  questions: Question[]
  revoting: boolean
  election_key: string
  board_key: string
  trustees: { key: string }[]
  threshold: number
}
export type ConfigLeaf = { type: 'config'; election: string; signatures: { key: string; signature: string }[] }
export type Ballot = {
  type: 'ballot'
  election: string
  question: string
  tpk: string
  prefix: string
  token_sig: string
  ct: string
  seq: number
  cast_sig: string
}
export type CountedLeaf = { type: 'counted'; election: string; files: Record<string, string> }
export type Issue = { question: string; voter: string; blinded: string; proof: string | null }
export type Protocol = {
  election: string
  present: number
  drawing: { opened: string; closed: string }
  casting: { opened: string; closed: string }
  counted_at: string
}

const name = matching(/^[a-z0-9][a-z0-9_-]{0,31}$/)
const instantOrNull = textOrNull
const instant = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/)
const labelled = (id: typeof text) => listOf(object({ id, label: text }))

export const CONFIG = object({
  format: oneOf('tongxin-ballot-1'),
  vote: text,
  organisation: text,
  title: text,
  grade: oneOf('V2'),
  phases: oneOf('split', 'overlap'),
  hall: flag,
  times: object({
    draw_opens: instantOrNull,
    draw_closes: instantOrNull,
    cast_opens: instantOrNull,
    cast_closes: instantOrNull,
  }),
  rule: scalars,
  should_attend: whole,
  roll: object({ root: bytes(32), size: whole }),
  questions: listOf(
    object({
      id: name,
      kind: oneOf('single', 'several', 'approval', 'ranked'),
      title: text,
      options: labelled(name),
      seats: whole,
      write_ins: listOf(matching(/^[A-Za-z0-9_-]{1,64}$/)),
      issuer_key: object({ n: bytes(384), e: oneOf('AQAB') }),
      plaintext_bytes: whole,
    }),
  ),
  revoting: flag,
  election_key: bytes(32),
  board_key: bytes(32),
  trustees: listOf(object({ name: text, role: text, key: bytes(32) })),
  threshold: whole,
  client_hash: textOrNull,
})

export const CONFIG_LEAF = object({
  type: oneOf('config'),
  election: bytes(32),
  signatures: listOf(object({ key: bytes(32), signature: bytes(64) })),
})
export const BALLOT = object({
  type: oneOf('ballot'),
  election: bytes(32),
  question: text,
  tpk: bytes(32),
  prefix: bytes(32),
  token_sig: bytes(384),
  ct: text,
  seq: whole,
  cast_sig: bytes(64),
})
const hash = bytes(32)
export const COUNTED_LEAF = object({
  type: oneOf('counted'),
  election: bytes(32),
  files: object({
    'election_key.json': hash,
    'issue_list.jsonl': hash,
    'protocol.json': hash,
    'result.json': hash,
    'roll.json': hash,
  }),
})
export const ISSUE = object({
  question: text,
  voter: hash,
  blinded: hash,
  proof: (value) => value === null || hash(value),
})
export const ROLL = object({ election: hash, leaves: listOf(hash) })
export const ELECTION_KEY = object({ election: hash, private_key: bytes(32), public_key: bytes(32) })
const count = object({
  question: text,
  issued: whole,
  returned: whole,
  valid: whole,
  invalid: whole,
  abstained: whole,
  reasons: scalars,
  options: listOf(object({ option: text, for: whole, against: whole, abstain: whole })),
  write_ins: listOf(object({ member: text, votes: whole })),
  rankings: listOf(object({ ranks: listOf(text), ballots: whole })),
})
export const PROTOCOL = object({
  election: hash,
  present: whole,
  tellers: listOf(object({ role: text, name: text })),
  drawing: object({ opened: instant, closed: instant }),
  casting: object({ opened: instant, closed: instant }),
  counted_at: instant,
  paper: listOf(count),
  written_opinions: listOf(object({ question: text, for: whole, against: whole })),
})
