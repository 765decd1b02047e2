import type { Ctx, Db, Tx } from '../../platform/ctx.ts'

/** What this module asks of its peers; wired in modules.ts, because capabilities do not import each other. */
export type TopicPorts = {
  /** Plans a meeting by the rights of the caller; the branch calls people to it as to any other. */
  readonly planLesson: (
    ctx: Ctx<Tx>,
    lesson: {
      readonly orgId: string
      readonly title: string
      readonly startsAt: string
      readonly endsAt: string
      readonly place?: string
      readonly onlineUrl?: string
    },
  ) => Promise<{ id: string }>
  readonly beginCourse: (
    ctx: Ctx<Tx>,
    course: { readonly orgId: string; readonly title: string },
  ) => Promise<{ id: string }>
  /** Members who were there. */
  readonly presentAt: (db: Db, tenantId: string, meetingId: string) => Promise<string[]>
}
