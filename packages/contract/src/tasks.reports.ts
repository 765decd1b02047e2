import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { saysTask, TASK_FILES, TaskChanged, TaskFile } from './tasks.words.ts'

/** Information reports upward (信息报送): a unit tells the one above, which adopts or declines; the list of a month. */

/** 工作动态, 经验做法, 问题建议, 思想动态, 重要情况. */
export const INFO_CATEGORIES = ['news', 'experience', 'problem', 'opinion', 'matter'] as const
export type InfoCategory = (typeof INFO_CATEGORIES)[number]
/** 待审核, 已采用, 未采用, 已撤回. */
export const INFO_STATES = ['submitted', 'adopted', 'declined', 'withdrawn'] as const
export type InfoState = (typeof INFO_STATES)[number]
/** By whom it was adopted, the nearest first: 本级, 县级, 市级, 省级, 中央. */
export const INFO_LEVELS = ['own', 'county', 'city', 'province', 'central'] as const
export type InfoLevel = (typeof INFO_LEVELS)[number]
export const INFO_SIDES = ['own', 'review'] as const

const At = strict({ id: Id })
/** `2026-11`. */
const Month = Type.String({ pattern: '^20\\d\\d-(0[1-9]|1[0-2])$' })

export const InfoRow = Type.Object({
  id: Id,
  category: oneOf(INFO_CATEGORIES),
  title: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  receiverName: Type.String(),
  state: oneOf(INFO_STATES),
  level: nullable(oneOf(INFO_LEVELS)),
  writtenBy: Type.String(),
  reportedOn: DateOn,
  reportedAt: InstantAt,
})
export type InfoRow = Static<typeof InfoRow>
export const InfoRecord = Type.Object({
  ...InfoRow.properties,
  body: Type.String(),
  files: Type.Array(TaskFile),
  /** What was said when it was adopted, declined or withdrawn. */
  comment: nullable(Type.String()),
  decidedBy: nullable(Type.String()),
  decidedAt: nullable(InstantAt),
  mayDecide: Type.Boolean(),
  mayWithdraw: Type.Boolean(),
})
export type InfoRecord = Static<typeof InfoRecord>

export const listInfoReports = {
  method: 'GET',
  path: '/info-reports',
  permission: 'tasks.read',
  summary: 'Information that units of the scope have reported upward',
  query: strict({
    ...pageQuery(['reportedAt'] as const),
    /** `own`: of the unit of the post; `review`: what waits for it. */
    side: Type.Optional(oneOf(INFO_SIDES)),
    state: Type.Optional(oneOf(INFO_STATES)),
    category: Type.Optional(oneOf(INFO_CATEGORIES)),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
    reportedFrom: Type.Optional(DateOn),
    reportedTo: Type.Optional(DateOn),
    text: Type.Optional(saysTask(60)),
  }),
  reply: pageOf(InfoRow),
} as const satisfies Endpoint

export const reportInfo = {
  method: 'POST',
  path: '/info-reports',
  permission: 'tasks.do',
  summary: 'Report something to the unit above',
  body: strict({
    orgId: Id,
    category: oneOf(INFO_CATEGORIES),
    title: saysTask(80, 2),
    body: saysTask(5000, 10),
    fileIds: Type.Array(Id, { maxItems: 9, uniqueItems: true }),
  }),
  reply: TaskChanged,
} as const satisfies Endpoint

export const readInfoReport = {
  method: 'GET',
  path: '/info-reports/:id',
  permission: 'tasks.read',
  summary: 'One report with its pictures and what came of it',
  params: At,
  reply: InfoRecord,
} as const satisfies Endpoint

export const decideInfoReport = {
  method: 'POST',
  path: '/info-reports/:id/decision',
  permission: 'tasks.write',
  summary: 'Adopt a report at a level, raise the level later, or decline it; never by whoever wrote it',
  params: At,
  body: strict({
    isAdopted: Type.Boolean(),
    level: Type.Optional(oneOf(INFO_LEVELS)),
    comment: saysTask(500, 2),
  }),
  reply: TaskChanged,
} as const satisfies Endpoint

export const withdrawInfoReport = {
  method: 'POST',
  path: '/info-reports/:id/withdraw',
  permission: 'tasks.do',
  summary: 'Take back a report that nobody has decided on',
  params: At,
  body: strict({ reason: saysTask(500, 2) }),
  reply: TaskChanged,
} as const satisfies Endpoint

export const InfoUnit = Type.Object({
  id: Id,
  orgName: Type.String(),
  reported: Type.Integer(),
  adopted: Type.Integer(),
  /** The level of each adopted one, counted in the order of `INFO_LEVELS`. */
  levels: Type.Array(Type.Integer()),
})
export type InfoUnit = Static<typeof InfoUnit>
const ofMonth = { month: Month, orgId: Type.Optional(Id) }
export const readInfoMonth = {
  method: 'GET',
  path: '/info-months',
  permission: 'tasks.read',
  summary: 'The list of a month: what units reported and what was adopted, in the order of the tree',
  query: strict(ofMonth),
  reply: Type.Object({ month: Type.String(), units: Type.Array(InfoUnit) }),
} as const satisfies Endpoint

export const exportInfoMonth = {
  method: 'POST',
  path: '/info-months/export',
  permission: 'tasks.read',
  summary: 'The list of a month as a table or on paper (采用情况通报)',
  download: 'application/octet-stream',
  body: strict({
    ...ofMonth,
    format: oneOf(TASK_FILES),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  }),
  reply: FileReply,
} as const satisfies Endpoint
