import { setTimeout as wait } from 'node:timers/promises'
import type { RoleName } from '@tongxin/contract'
import type { App } from '../app.ts'
import type { WorkSession } from '../modules/access/index.ts'

/** Sends requests as one person of the demonstration under one post. Throws what was refused. */
export type Desk = (<T = Record<string, unknown>>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
  version?: number,
  /** `Idempotency-Key`, where the route demands one. */
  once?: string,
) => Promise<T>) & {
  /** For what is not JSON: the session of the person. */
  readonly cookie?: string
}

/** Who may be sent: sessions by member and by post. */
export type Desks = {
  /** The person's own application on the telephone, or null when the account was never activated. */
  ofMember(memberId: string): Desk | null
  /** The last one who took the post. */
  ofPost(role: RoleName, orgId: string): Desk
  /** Everybody who holds the post there. */
  allOfPost(role: RoleName, orgId: string): readonly Desk[]
}

export function openDesks(app: App, sessions: readonly WorkSession[]): Desks {
  const posts = new Map(sessions.map((session) => [`${session.role}/${session.orgId}`, session.token]))
  const members = new Map(
    sessions.flatMap(({ memberId, token }) => (memberId === null ? [] : [[memberId, token] as const])),
  )
  return {
    ofMember: (memberId) => {
      const token = members.get(memberId)
      return token === undefined ? null : deskOf(app, token)
    },
    ofPost: (role, orgId) => {
      const token = posts.get(`${role}/${orgId}`)
      if (token === undefined) throw new Error(`nobody is ${role} of ${orgId}`)
      return deskOf(app, token)
    },
    allOfPost: (role, orgId) =>
      sessions
        .filter((session) => session.role === role && session.orgId === orgId)
        .map(({ token }) => deskOf(app, token)),
  }
}

const TRIES = 20

function deskOf(app: App, token: string): Desk {
  const cookie = `${app.http.platform.cookieName}=${token}`
  const desk: Desk = async (method, path, body, version, once) => {
    const send = () =>
      app.http.inject({
        method,
        url: `/api/v1${path}`,
        headers: {
          cookie,
          ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
          ...(once === undefined ? {} : { 'idempotency-key': once }),
        },
        ...(body === undefined ? {} : { payload: body }),
      })
    let answer = await send()
    // On a machine that is busy with other things the database may keep one waiting: people would try again as well.
    for (let tries = 1; answer.statusCode === 503 && tries < TRIES; tries += 1) {
      await wait(1000)
      answer = await send()
    }
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
    return (answer.body === '' ? {} : answer.json()) as never
  }
  return Object.assign(desk, { cookie })
}
