import { Type } from 'typebox'
import { RoleField } from './access.own.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

export const DATA_SETS = ['record', 'entries', 'roster'] as const
export type DataSet = (typeof DATA_SETS)[number]
const three = { makerId: Id, firstId: Id, secondId: Id, dueOn: nullable(DateOn) }

export const Assignment = Type.Object({
  id: Id,
  orgId: Id,
  orgName: Type.String(),
  dataSet: oneOf(DATA_SETS),
  ...three,
  maker: Type.String(),
  first: Type.String(),
  second: Type.String(),
  /** What still waits for each of the three: drafts and returned proposals, first reviews, second reviews. */
  waiting: Type.Object({ entry: Type.Integer(), first: Type.Integer(), second: Type.Integer() }),
  /** Records of the organisation and below it that are not complete; counted for the set `record` only. */
  incomplete: Type.Integer(),
  /** The day is over and something still waits. */
  isLate: Type.Boolean(),
})

export const listAssignments = {
  method: 'GET',
  path: '/member-assignments',
  permission: 'members.read',
  summary: 'Who enters and who reviews by when, for each organisation and set of data, and what still waits',
  query: strict({
    ...pageQuery(['org', 'due'] as const),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
    dataSet: Type.Optional(oneOf(DATA_SETS)),
    late: Type.Optional(Type.Boolean()),
  }),
  reply: pageOf(Assignment),
} as const satisfies Endpoint

/** Posts at the organisation and above it: those who may be named. */
export const listAssignable = {
  method: 'GET',
  path: '/member-assignments/people',
  permission: 'members.approve',
  summary: 'People who may be named for an organisation, with what their post allows',
  query: strict({ orgId: Id }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        personId: Id,
        name: Type.String(),
        role: RoleField,
        orgName: Type.String(),
        may: Type.Array(oneOf(['enter', 'first', 'second'] as const)),
      }),
    ),
  }),
} as const satisfies Endpoint

export const assignReviewers = {
  method: 'PUT',
  path: '/member-assignments',
  permission: 'members.approve',
  summary: 'Name the three people of organisations and sets of data; nobody holds two of the three',
  body: strict({
    orgIds: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
    dataSets: Type.Array(oneOf(DATA_SETS), { minItems: 1, maxItems: DATA_SETS.length, uniqueItems: true }),
    ...three,
  }),
  reply: Type.Object({ assigned: Type.Integer() }),
} as const satisfies Endpoint

export const endAssignment = {
  method: 'DELETE',
  path: '/member-assignments/:id',
  permission: 'members.approve',
  summary: 'End an assignment: the one of the nearest organisation above holds again',
  params: strict({ id: Id }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint
