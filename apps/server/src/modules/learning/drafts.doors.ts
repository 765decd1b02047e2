import type { Ctx, Tx } from '../../platform/ctx.ts'
import { create } from './service/courses.ts'

/**
 * For peers: begins a course of lessons at a unit as a draft, by the rights of the caller, who must be permitted to write
 * courses. @throws Refusal `learning.no_such_org`
 */
export const beginCourse = (
  ctx: Ctx<Tx>,
  { orgId, title }: { readonly orgId: string; readonly title: string },
): Promise<{ id: string }> =>
  create(ctx, { body: { orgId, title, column: 'theory', kind: 'lecture' }, params: {}, query: {} })
