import type { FastifyInstance } from 'fastify'
import type { Actor, Db } from './ctx.ts'
import type { Consumer } from './outbox.ts'
import type { Whisper } from './stream.ts'

/**
 * What `app.ts` is told of a module: its routes below `/api/v1`, its reactions to events, its jobs. Everything else
 * goes through the functions that its `index.ts` exports.
 */
export type Module = {
  readonly name: string
  readonly routes?: (app: FastifyInstance) => Promise<void>
  /** Routes at the root of the public origin, where a standard has given them their place. */
  readonly standard?: (app: FastifyInstance) => Promise<void>
  /** Several where one part of a module must not wait for another. */
  readonly consumer?: Consumer | readonly Consumer[]
  readonly jobs?: readonly Job[]
  /** What waits for the post of the actor, for its workbench. */
  readonly waitingFor?: WaitingFor
  /** What browsers are told of that leaves no event. */
  readonly whispers?: readonly Whisper[]
}

/** What waits for a post: how many, and the page of the desk where they are. */
export type WaitingFor = (
  db: Db,
  actor: Actor,
  now: Date,
) => Promise<readonly { readonly key: string; readonly count: number; readonly path: string }[]>

/**
 * Scheduled work: `cron` in Asia/Shanghai (five fields); runs once in the whole installation per due time. What is due
 * once a day or a week is made up for after the machine was off, so it runs at any hour: it does what is due now, and a
 * second run of the day does nothing again.
 */
export type Job = { readonly name: string; readonly cron: string; readonly run: (ctx: JobCtx) => Promise<void> }
export type JobCtx = {
  readonly platform: import('./platform.ts').Platform
  readonly now: Date
  readonly signal: AbortSignal
}
