import { MEMBER_FIELD_NAMES } from '@tongxin/domain/members/fields'
import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

/** How an error came to light: on reading, in a sample, by the person concerned, or in a statement of a higher level. */
export const FOUND_HOW = ['reading', 'sample', 'person', 'statement'] as const
/** What the wrong value touched. */
export const ERROR_EFFECTS = ['none', 'statistics', 'standing', 'rights'] as const
export const ERROR_STATES = ['open', 'handled', 'appealed', 'closed'] as const
/** The step that should have seen it; `source`: the paper itself was wrong, nobody is responsible. */
export const ERROR_LINKS = ['entry', 'first', 'second', 'source'] as const
/** No points and no list of names: a reminder to one person, or a notice to the post above. */
export const ERROR_HANDLINGS = ['none', 'reminder', 'notice'] as const
export const ERROR_OUTCOMES = ['mended', 'unfounded'] as const
const Reason = Type.String({ minLength: 2, maxLength: 500 })
const byId = strict({ id: Id })
const Done = Type.Object({ id: Id, state: oneOf(ERROR_STATES), version: Type.Integer() })

export const ErrorRow = Type.Object({
  id: Id,
  memberId: Id,
  name: Type.String(),
  orgName: Type.String(),
  field: oneOf(MEMBER_FIELD_NAMES),
  foundHow: oneOf(FOUND_HOW),
  foundAt: InstantAt,
  effect: oneOf(ERROR_EFFECTS),
  state: oneOf(ERROR_STATES),
  link: nullable(oneOf(ERROR_LINKS)),
  handling: nullable(oneOf(ERROR_HANDLINGS)),
  outcome: nullable(oneOf(ERROR_OUTCOMES)),
  isMended: Type.Boolean(),
})
export type ErrorRow = Static<typeof ErrorRow>

export const listMemberErrors = {
  method: 'GET',
  path: '/member-errors',
  permission: 'members.read',
  summary: 'Errors found in approved records of the scope',
  query: strict({
    ...pageQuery(['found'] as const),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
    memberId: Type.Optional(Id),
    state: Type.Optional(oneOf(ERROR_STATES)),
  }),
  reply: pageOf(ErrorRow),
} as const satisfies Endpoint

export const listMyErrors = {
  method: 'GET',
  path: '/me/member-errors',
  permission: 'signed-in',
  summary: 'Errors in which I am named as the one whose step should have seen it',
  query: strict(pageQuery(['found'] as const)),
  reply: pageOf(ErrorRow),
} as const satisfies Endpoint

export const ERROR_STEPS = ['found', 'handled', 'answered', 'appealed', 'upheld', 'rejected', 'closed'] as const
export const readMemberError = {
  method: 'GET',
  path: '/member-errors/:id',
  permission: 'signed-in',
  summary: 'One error: values (masked where sensitive), the hands it went through, what was said and done',
  params: byId,
  reply: Type.Object({
    row: ErrorRow,
    note: Type.String(),
    wrongValue: nullable(Type.String()),
    rightValue: Type.String(),
    /** What the record says now, masked where sensitive. */
    presentValue: nullable(Type.String()),
    hands: Type.Array(
      Type.Object({ link: oneOf(ERROR_LINKS), personId: nullable(Id), name: Type.String(), at: InstantAt }),
    ),
    changeId: nullable(Id),
    responsible: nullable(Type.String()),
    steps: Type.Array(
      Type.Object({ step: oneOf(ERROR_STEPS), by: Type.String(), at: InstantAt, text: nullable(Type.String()) }),
    ),
    can: Type.Object({
      handle: Type.Boolean(),
      answer: Type.Boolean(),
      appeal: Type.Boolean(),
      decide: Type.Boolean(),
      close: Type.Boolean(),
      dismiss: Type.Boolean(),
    }),
    version: Type.Integer(),
  }),
} as const satisfies Endpoint
export type MemberError = Static<typeof readMemberError.reply>

export const reportMemberError = {
  method: 'POST',
  path: '/member-errors',
  permission: 'members.write',
  summary: 'Report an error in an approved record; the record itself is mended by an ordinary correction',
  body: strict({
    memberId: Id,
    field: oneOf(MEMBER_FIELD_NAMES),
    rightValue: Type.String({ minLength: 1, maxLength: 1000 }),
    foundHow: oneOf(FOUND_HOW.filter((how) => how !== 'sample') as readonly ('reading' | 'person' | 'statement')[]),
    effect: oneOf(ERROR_EFFECTS),
    note: Reason,
  }),
  reply: Done,
} as const satisfies Endpoint

export const handleMemberError = {
  method: 'POST',
  path: '/member-errors/:id/handle',
  permission: 'members.review',
  summary: 'Say whose step should have seen it and what is done: a reminder, a notice, or nothing',
  params: byId,
  body: strict({ link: oneOf(ERROR_LINKS), handling: oneOf(ERROR_HANDLINGS), note: Reason }),
  reply: Done,
} as const satisfies Endpoint

export const answerMemberError = {
  method: 'POST',
  path: '/member-errors/:id/answer',
  permission: 'signed-in',
  summary: 'Answer as the one named, or appeal',
  params: byId,
  body: strict({ text: Reason, appeal: Type.Boolean() }),
  reply: Done,
} as const satisfies Endpoint

export const decideErrorAppeal = {
  method: 'POST',
  path: '/member-errors/:id/decision',
  permission: 'members.approve',
  summary: 'Decide an appeal: upheld, the name is taken off; rejected, it stands',
  params: byId,
  body: strict({ upheld: Type.Boolean(), reason: Reason }),
  reply: Done,
} as const satisfies Endpoint

export const closeMemberError = {
  method: 'POST',
  path: '/member-errors/:id/close',
  permission: 'members.review',
  summary: 'Close: the record is mended, or it was right all along; by another person than the finder',
  params: byId,
  body: strict({ outcome: oneOf(ERROR_OUTCOMES), reason: Reason }),
  reply: Done,
} as const satisfies Endpoint

export const errorRefusals = defineRefusals('error', {
  not_found: 'missing',
  already_open: 'conflict',
  value_right: 'invalid',
  wrong_state: 'conflict',
  no_such_hand: 'invalid',
  own_step: 'forbidden',
  not_concerned: 'forbidden',
  own_handling: 'forbidden',
  finder_closes: 'forbidden',
  not_mended: 'conflict',
})
