import { readFileSync } from 'node:fs'
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type Config, isLoopback } from './config.ts'

/** Ports right after PORT are left to further copies of the application, which people number like that. */
const FIRST_STEPS = { content: 101, cast: 121 } as const
const STEPS = 20

/** A further port of this machine for what needs an origin of its own, without anybody's configuration. */
export type Door = {
  readonly origin: string
  /** From now on requests are answered by `listener`; before, by 503. */
  serve(listener: RequestListener): void
  close(): Promise<void>
}

/**
 * Opens the next free port for content when nobody named CONTENT_ORIGIN and only this machine reaches the server:
 * elsewhere a port that no proxy and no firewall knows of would only break downloads. The origin may be another one
 * at the next start; links to it live for a minute.
 */
export const openContentDoor = (config: Config): Promise<Door | null> =>
  openDoor(config, config.contentOrigin, FIRST_STEPS.content)

/** The same for casting ballots, when nobody named CAST_ORIGIN. */
export const openCastDoor = (config: Config): Promise<Door | null> =>
  openDoor(config, config.castOrigin, FIRST_STEPS.cast)

async function openDoor(config: Config, named: string | undefined, firstStep: number): Promise<Door | null> {
  const front = new URL(config.publicOrigin)
  if (named !== undefined || !isLoopback(config.host) || !isLoopback(front.hostname)) return null
  let answer: RequestListener = (_request: IncomingMessage, reply: ServerResponse) => void reply.writeHead(503).end()
  const listener: RequestListener = (request, reply) => answer(request, reply)
  const server = config.tls
    ? createHttpsServer({ key: readFileSync(config.tls.keyFile), cert: readFileSync(config.tls.certFile) }, listener)
    : createHttpServer(listener)
  const port = await listenNearby(server, config.host, config.port, firstStep)
  return {
    origin: `${front.protocol}//${front.hostname}:${port}`,
    serve: (next) => {
      answer = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

/** @returns the port: the first free one from PORT + `firstStep` on, or any when these are taken. */
async function listenNearby(server: Server, host: string, front: number, firstStep: number): Promise<number> {
  const near = front === 0 ? [] : Array.from({ length: STEPS }, (_, step) => front + firstStep + step)
  for (const port of [...near.filter((one) => one < 65_536), 0]) {
    const taken = await new Promise<number | undefined>((resolve, reject) => {
      const refused = (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined)
        else reject(error)
      }
      server.once('error', refused)
      server.listen({ host, port, exclusive: true }, () => {
        server.off('error', refused)
        resolve((server.address() as AddressInfo).port)
      })
    })
    if (taken !== undefined) return taken
  }
  throw new Error(`no port of ${host} is free`)
}
