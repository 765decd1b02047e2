import { readWaiting } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Actor, Ctx, Db } from '../../platform/ctx.ts'
import { mount } from '../../platform/http.ts'

/** What a module says waits for a post: how many, and the page of the desk where they are. */
export type WaitingSource = {
  readonly module: string
  readonly waitingFor: (
    db: Db,
    actor: Actor,
    now: Date,
  ) => Promise<readonly { readonly key: string; readonly count: number; readonly path: string }[]>
}

/** Asks every module and leaves out what is nothing. */
export const workbenchRoutes =
  (sources: readonly WaitingSource[]) =>
  async (app: FastifyInstance): Promise<void> => {
    mount(app, readWaiting, async (ctx: Ctx) => {
      const found = await Promise.all(
        sources.map(async ({ module, waitingFor }) =>
          (await waitingFor(ctx.db, ctx.actor, ctx.now)).map((row) => ({ module, ...row })),
        ),
      )
      return { rows: found.flat().filter(({ count }) => count > 0) }
    })
  }
