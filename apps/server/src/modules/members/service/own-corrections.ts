import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { settingOf } from '../../settings/index.ts'

/** Whether members of the organisation hand in corrections of their own record themselves, as its organisations set it. */
export const takesOwnCorrections = (ctx: Ctx, orgPath: string): Promise<boolean> =>
  settingOf(ctx.db, ctx.actor.tenantId, orgPath, 'members.self_correction', todayOf(ctx.now))
