import { isMastered } from '@tongxin/domain/learning/course'
import type { Consumer } from '../../platform/outbox.ts'
import { homesOf } from '../members/index.ts'
import type { LearningPorts } from './learning.ports.ts'
import { setPlace } from './queries/progress.queries.ts'
import { markByResult } from './service/progress.ts'

/** Results of other modules that finish a block, and people who move to another organisation. */
export const learningConsumer = (ports: LearningPorts): Consumer => ({
  name: 'learning',
  on: {
    'exams.finished': (ctx, event) => {
      const { paperId, memberId, passed, scaled } = event.payload
      return markByResult(
        ctx,
        ports,
        memberId,
        (block, { mastery }) =>
          block.kind === 'quiz' && block.paperId === paperId && isMastered({ passed, scaled }, mastery),
      )
    },
    'courseware.finished': (ctx, event) => {
      const { packageId, memberId, passed, scaled } = event.payload
      return markByResult(
        ctx,
        ports,
        memberId,
        (block, { mastery }) =>
          block.kind === 'package' && block.packageId === packageId && isMastered({ passed, scaled }, mastery),
      )
    },
    'members.placed': async (ctx, event) => {
      const { memberId } = event.payload
      const home = (await homesOf(ctx, [memberId])).get(memberId)
      if (home) await setPlace(ctx.db, ctx.tenantId, memberId, home.orgPath)
    },
  },
})
