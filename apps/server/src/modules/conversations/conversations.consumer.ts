import type { Consumer, ReactionCtx } from '../../platform/outbox.ts'
import type { ConversationPorts } from './conversations.ports.ts'
import { followStudyGroup, followUnit, type KeepingCtx } from './service/upkeep.ts'

const keeping = ({ db, now, tenantId, platform }: ReactionCtx): KeepingCtx => ({
  db,
  now,
  tenantId,
  vault: platform.vault,
})

/** Groups follow the tree. Who belongs to them is not kept, so nobody waits for a reaction to come or to go. */
export const conversationsConsumer = (ports: ConversationPorts): Consumer => {
  const unit = (ctx: ReactionCtx, event: { readonly subjectId: string | null }) =>
    followUnit(keeping(ctx), event.subjectId)
  const study = (ctx: ReactionCtx, event: { readonly subjectId: string | null }) =>
    followStudyGroup(keeping(ctx), ports, event.subjectId)
  return {
    name: 'conversations',
    on: {
      'org.founded': unit,
      'org.renamed': unit,
      'org.dissolved': unit,
      'org.merged': unit,
      'org.upgraded': unit,
      'org.corrected': unit,
      'org.split': async (ctx, event) => {
        await unit(ctx, event)
        await followUnit(keeping(ctx), event.payload.newId)
      },
      'study.group_made': study,
      'study.group_changed': study,
      'study.group_moved': study,
    },
  }
}
