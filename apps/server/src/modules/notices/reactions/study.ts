import type { Db } from '../../../platform/ctx.ts'
import type { Consumer, Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { orgAt, type Receiver } from '../queries/notices.queries.ts'
import { person, send, type Told } from './send.ts'

/** What reactions ask of peers; wired in modules.ts, because capabilities do not import each other. */
export type StudyNoticePorts = {
  /** People whom an open assignment is for and who have not handed in. */
  readonly withoutWork: (db: Db, tenantId: string, taskId: string) => Promise<Receiver[]>
  /** People whom an open campaign is for. */
  readonly peopleOfCampaign: (db: Db, tenantId: string, campaignId: string) => Promise<Receiver[]>
}

type About = Pick<Told, 'kind' | 'facts' | 'path'> & { readonly level?: Told['level'] }
async function tell(ctx: ReactionCtx, event: Delivered, about: About, people: readonly Receiver[]): Promise<void> {
  const orgId = (await orgAt(ctx.db, ctx.tenantId, event.orgPath))?.id ?? null
  await send(ctx, event, { level: 'normal', ...about, orgId, orgPath: event.orgPath }, people)
}

/** Learners hear of assignments, of what came back, and of their groups. Of notes and the diary nobody hears. */
export function studyReactions({ withoutWork, peopleOfCampaign }: StudyNoticePorts): Consumer['on'] {
  return {
    'study.task_set': async (ctx, event) => {
      const { title, dueOn } = event.payload
      const { subjectId } = event
      if (subjectId === null) return
      const path = `/learning/study/tasks/${subjectId}`
      const people = await withoutWork(ctx.db, ctx.tenantId, subjectId)
      await tell(ctx, event, { kind: 'study_task', facts: { title, dueOn }, path }, people)
    },
    'study.task_reminded': async (ctx, event) => {
      const { title, dueOn } = event.payload
      const { subjectId } = event
      if (subjectId === null) return
      const path = `/learning/study/tasks/${subjectId}`
      const people = await withoutWork(ctx.db, ctx.tenantId, subjectId)
      await tell(ctx, event, { kind: 'study_reminder', level: 'important', facts: { title, dueOn }, path }, people)
    },
    'study.marked': async (ctx, event) => {
      const { personId, payload } = event
      if (!personId) return
      const path = `/learning/study/works/${event.subjectId}`
      await tell(ctx, event, { kind: 'study_marked', facts: { title: payload.title }, path }, [person(personId)])
    },
    'study.returned': async (ctx, event) => {
      const { personId, payload } = event
      if (!personId) return
      const path = `/learning/study/works/${event.subjectId}`
      const about = { kind: 'study_returned_work', level: 'important', facts: { title: payload.title }, path } as const
      await tell(ctx, event, about, [person(personId)])
    },
    'study.shown': async (ctx, event) => {
      const { personId, payload } = event
      if (!personId || !payload.isShown) return
      const path = `/learning/study/shown/${event.subjectId}`
      await tell(ctx, event, { kind: 'study_shown', facts: { title: payload.title }, path }, [person(personId)])
    },
    'study.remarked': async (ctx, event) => {
      const { title, writerId } = event.payload
      if (writerId === event.actorId) return
      const path = `/learning/study/shown/${event.subjectId}`
      await tell(ctx, event, { kind: 'study_remark', facts: { title }, path }, [person(writerId)])
    },
    'study.campaign_moved': async (ctx, event) => {
      const { state, title, untilOn } = event.payload
      const { subjectId } = event
      if (state !== 'open' || subjectId === null) return
      const path = `/learning/study/campaigns/${subjectId}`
      const people = await peopleOfCampaign(ctx.db, ctx.tenantId, subjectId)
      await tell(ctx, event, { kind: 'study_campaign', facts: { title, untilOn }, path }, people)
    },
    'study.post_decided': async (ctx, event) => {
      const { title, isShown, campaignId, writerId } = event.payload
      if (isShown) return
      const path = `/learning/study/campaigns/${campaignId}`
      await tell(ctx, event, { kind: 'study_post_hidden', facts: { title }, path }, [person(writerId)])
    },
    ...groupReactions,
  }
}

const groupReactions: Consumer['on'] = {
  'study.group_made': async (ctx, event) => {
    const { name, personIds } = event.payload
    const path = `/learning/study/groups/${event.subjectId}`
    await tell(ctx, event, { kind: 'study_group', facts: { name }, path }, personIds.map(person))
  },
  'study.session_planned': async (ctx, event) => {
    const { name, topic, onDate, groupId, personIds } = event.payload
    const about = { kind: 'study_session', facts: { name, topic, onDate } } as const
    await tell(ctx, event, { ...about, path: `/learning/study/groups/${groupId}` }, others(event, personIds))
  },
  'study.session_changed': async (ctx, event) => {
    const { topic, onDate, isCancelled, groupId, personIds } = event.payload
    const kind = isCancelled ? 'study_session_off' : 'study_session_new'
    const path = `/learning/study/groups/${groupId}`
    await tell(ctx, event, { kind, facts: { topic, onDate }, path }, others(event, personIds))
  },
}

/** Whoever did it knows. */
const others = (event: Delivered, personIds: readonly string[]): Receiver[] =>
  personIds.filter((id) => id !== event.actorId).map(person)
