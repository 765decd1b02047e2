import type { Actor, Db } from '../../platform/ctx.ts'

/** What this module asks of its peers; wired in modules.ts, because capabilities do not import each other. */
export type StudyPorts = {
  /** A course, as far as row security shows it to the caller. */
  readonly courseFacts: (
    ctx: { readonly db: Db; readonly actor: Pick<Actor, 'tenantId'> },
    courseId: string,
  ) => Promise<{ readonly title: string } | undefined>
}
