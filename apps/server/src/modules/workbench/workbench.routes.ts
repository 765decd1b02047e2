import { readWaiting } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../../platform/ctx.ts'
import { mount } from '../../platform/http.ts'
import type { Module } from '../../platform/module.ts'

/** Asks every module and leaves out what is nothing. */
export async function workbenchRoutes(app: FastifyInstance, modules: readonly Module[]): Promise<void> {
  mount(app, readWaiting, async (ctx: Ctx) => {
    const found = await Promise.all(
      modules.map(async ({ name, waitingFor }) =>
        ((await waitingFor?.(ctx.db, ctx.actor, ctx.now)) ?? []).map((row) => ({ module: name, ...row })),
      ),
    )
    return { rows: found.flat().filter(({ count }) => count > 0) }
  })
}
