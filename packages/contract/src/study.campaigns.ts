import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Empty, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import {
  CAMPAIGN_POST_STATES,
  CAMPAIGN_STATES,
  CAMPAIGN_TASK_KINDS,
  StudyAudience,
  StudyChanged,
  saying,
} from './study.words.ts'

/** Campaigns with tasks, and great discussions: questions, posts, moderation, summary. */

const At = strict({ id: Id })
const Language = Type.Optional(oneOf(['zh-CN', 'en'] as const))

const TaskFacts = strict({
  id: Type.Optional(Id),
  kind: oneOf(CAMPAIGN_TASK_KINDS),
  title: saying(80, 2),
  courseId: Type.Optional(Id),
})
const Parts = {
  title: saying(80, 2),
  theme: saying(60, 2),
  about: saying(3000, 2),
  fromOn: DateOn,
  untilOn: DateOn,
  audience: StudyAudience,
  tasks: Type.Array(TaskFacts, { maxItems: 20 }),
  /** Sub-questions of the great discussion; none: nothing is discussed. */
  questions: Type.Array(saying(200, 2), { maxItems: 10 }),
  /** Posts wait until somebody has read them. */
  isModerated: Type.Boolean(),
}
export const CampaignFacts = strict(Parts)
export type CampaignFacts = Static<typeof CampaignFacts>

export const CampaignTask = Type.Object({
  id: Id,
  kind: oneOf(CAMPAIGN_TASK_KINDS),
  title: Type.String(),
  courseId: nullable(Id),
  courseTitle: nullable(Type.String()),
})
export type CampaignTask = Static<typeof CampaignTask>
export const CampaignCard = Type.Object({
  id: Id,
  orgName: Type.String(),
  title: Type.String(),
  theme: Type.String(),
  about: Type.String(),
  fromOn: DateOn,
  untilOn: DateOn,
  audience: StudyAudience,
  state: oneOf(CAMPAIGN_STATES),
  tasks: Type.Array(CampaignTask),
  questions: Type.Array(Type.String()),
  isModerated: Type.Boolean(),
  posts: Type.Integer(),
  waiting: Type.Integer(),
  createdAt: InstantAt,
})
export type CampaignCard = Static<typeof CampaignCard>
export const CampaignPost = Type.Object({
  id: Id,
  questionAt: Type.Integer(),
  writer: Type.String(),
  unitName: Type.String(),
  body: Type.String(),
  state: oneOf(CAMPAIGN_POST_STATES),
  reason: nullable(Type.String()),
  isPinned: Type.Boolean(),
  isMine: Type.Boolean(),
  at: InstantAt,
})
export type CampaignPost = Static<typeof CampaignPost>
export const CampaignRecord = Type.Object({
  ...CampaignCard.properties,
  summary: nullable(Type.String()),
  summaryBy: nullable(Type.String()),
  outcome: nullable(Type.String()),
  /** How many people did each task, in the order of the tasks; and how many of how many did all. */
  done: Type.Array(Type.Integer()),
  people: Type.Integer(),
  finished: Type.Integer(),
})
export type CampaignRecord = Static<typeof CampaignRecord>

const PostsQuery = strict({
  ...pageQuery(['at'] as const),
  questionAt: Type.Optional(Type.Integer({ minimum: 0, maximum: 9 })),
  state: Type.Optional(oneOf(CAMPAIGN_POST_STATES)),
})

export const listCampaigns = {
  method: 'GET',
  path: '/study/campaigns',
  permission: 'learning.read',
  summary: 'Campaigns and great discussions of the scope',
  query: strict({
    ...pageQuery(['createdAt', 'untilOn'] as const),
    state: Type.Optional(oneOf(CAMPAIGN_STATES)),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
    text: Type.Optional(saying(60)),
  }),
  reply: pageOf(CampaignCard),
} as const satisfies Endpoint

export const makeCampaign = {
  method: 'POST',
  path: '/study/campaigns',
  permission: 'learning.write',
  summary: 'Prepare a campaign for a unit and all below it',
  body: strict({ orgId: Id, ...Parts }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const readCampaign = {
  method: 'GET',
  path: '/study/campaigns/:id',
  permission: 'learning.read',
  summary: 'One campaign with how far people are: counts, never who',
  params: At,
  reply: CampaignRecord,
} as const satisfies Endpoint

export const changeCampaign = {
  method: 'PUT',
  path: '/study/campaigns/:id',
  permission: 'learning.write',
  summary: 'Change a campaign that is prepared; once open, its words and days alone',
  params: At,
  body: CampaignFacts,
  reply: StudyChanged,
} as const satisfies Endpoint

export const moveCampaign = {
  method: 'PUT',
  path: '/study/campaigns/:id/state',
  permission: 'learning.write',
  summary: 'Open a campaign, or close it with what came of it',
  params: At,
  body: strict({ state: oneOf(['open', 'closed'] as const), outcome: Type.Optional(saying(5000, 2)) }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const listCampaignPosts = {
  method: 'GET',
  path: '/study/campaigns/:id/posts',
  permission: 'learning.read',
  summary: 'Posts of a discussion; `state=waiting` is the queue',
  params: At,
  query: PostsQuery,
  reply: pageOf(CampaignPost),
} as const satisfies Endpoint

export const decideOnPost = {
  method: 'PUT',
  path: '/study/posts/:id/decision',
  permission: 'learning.write',
  summary: 'Show a post or hide it with the reason, pin it or not',
  params: At,
  body: strict({ isShown: Type.Boolean(), isPinned: Type.Boolean(), reason: Type.Optional(saying(300, 2)) }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const summarizeCampaign = {
  method: 'PUT',
  path: '/study/campaigns/:id/summary',
  permission: 'learning.write',
  summary: 'The summary of the discussion, which everybody reads',
  params: At,
  body: strict({ summary: saying(10_000, 2) }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const exportViews = {
  method: 'POST',
  path: '/study/campaigns/:id/export',
  permission: 'learning.write',
  summary: 'The outcome of a campaign: how far people came, summary, shown posts by question (观点汇编)',
  params: At,
  download: 'application/octet-stream',
  body: strict({ format: oneOf(['docx', 'pdf'] as const), language: Language }),
  reply: FileReply,
} as const satisfies Endpoint

export const MyCampaign = Type.Object({ ...CampaignCard.properties, done: Type.Array(Id) })
export type MyCampaign = Static<typeof MyCampaign>

export const listMyCampaigns = {
  method: 'GET',
  path: '/my/study/campaigns',
  permission: 'signed-in',
  summary: 'Campaigns of my units that are open or closed, the newest first',
  reply: Type.Object({ rows: Type.Array(MyCampaign) }),
} as const satisfies Endpoint

export const readMyCampaign = {
  method: 'GET',
  path: '/my/study/campaigns/:id',
  permission: 'signed-in',
  summary: 'One campaign: my tasks, the summary, the outcome',
  params: At,
  reply: Type.Object({
    ...MyCampaign.properties,
    summary: nullable(Type.String()),
    outcome: nullable(Type.String()),
  }),
} as const satisfies Endpoint

export const doCampaignTask = {
  method: 'PUT',
  path: '/my/study/campaigns/:id/tasks/:taskId',
  permission: 'signed-in',
  summary: 'Say that I did a task, or that I did not; nobody is ranked by it',
  params: strict({ id: Id, taskId: Id }),
  body: strict({ isDone: Type.Boolean() }),
  reply: Type.Object({ id: Id, isDone: Type.Boolean() }),
} as const satisfies Endpoint

export const listMyCampaignPosts = {
  method: 'GET',
  path: '/my/study/campaigns/:id/posts',
  permission: 'signed-in',
  summary: 'What is said in a discussion: shown posts, pinned ones first, and my own',
  params: At,
  query: PostsQuery,
  reply: pageOf(CampaignPost),
} as const satisfies Endpoint

export const postInCampaign = {
  method: 'POST',
  path: '/my/study/campaigns/:id/posts',
  permission: 'signed-in',
  summary: 'Say something to a question of a discussion',
  params: At,
  body: strict({ questionAt: Type.Integer({ minimum: 0, maximum: 9 }), body: saying(2000, 2) }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const withdrawPost = {
  method: 'POST',
  path: '/my/study/posts/:id/withdraw',
  permission: 'signed-in',
  summary: 'Take back a post of mine',
  params: At,
  body: Empty,
  reply: StudyChanged,
} as const satisfies Endpoint
