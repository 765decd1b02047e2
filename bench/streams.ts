import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { newKey } from '../apps/server/src/modules/conversations/index.ts'
import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { masterKey, openVault } from '../apps/server/src/platform/vault.ts'
import { type Installation, openInstallation } from '../apps/server/src/test/installation.ts'
import { plantMembers, plantPeople, plantTree } from '../apps/server/src/test/planting.ts'
import { againstLimit, type Figure, RUNS } from './figure.ts'

const BRANCHES = 10
/** A branch of 500: its group hears each message. The other streams stay silent. */
const STREAMS = 5000
/** Opened at the same time. */
const OPENED = 25
const MESSAGES = 10
const LIMIT = { milliseconds: 500, megabytes: 400 } as const
const KB = 1024

/**
 * Five thousand open event streams on one process: its memory, and how long a message to a group of 500 takes until 95
 * of 100 of them have heard of it.
 */
export async function streams(unit: keyof typeof LIMIT): Promise<Figure> {
  const whole = await openInstallation()
  const sockets: Socket[] = []
  try {
    const { cookies, groupId } = await plant(whole)
    let heard: number[] = []
    const { hostname, port } = new URL(whole.url)
    const listen = (cookie: string) =>
      listening({ hostname, port: Number(port), cookie }, () => heard.push(performance.now()))
    for (let from = 0; from < cookies.length; from += OPENED)
      sockets.push(...(await Promise.all(cookies.slice(from, from + OPENED).map(listen))))
    const worst: number[] = []
    for (let said = 0; said < MESSAGES; said += 1) {
      heard = []
      const began = performance.now()
      await say(whole.url, groupId, cookies[0] ?? '')
      while (heard.length < STREAMS / BRANCHES) await new Promise((resolve) => setTimeout(resolve, 5))
      worst.push((heard[Math.floor(heard.length * 0.95)] ?? 0) - began)
    }
    if (unit === 'milliseconds') return againstLimit('streams', 'ms p95', LIMIT.milliseconds, worst.slice(-RUNS))
    const status = readFileSync(`/proc/${whole.pid}/status`, 'utf8')
    return againstLimit('streams-memory', 'MB', LIMIT.megabytes, [Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / KB])
  } finally {
    for (const socket of sockets) socket.destroy()
    await whole.remove()
  }
}

/** Members of ten branches, each signed in, and the group of the first branch. */
async function plant(whole: Installation): Promise<{ groupId: string; cookies: string[] }> {
  const now = new Date()
  return withClient(whole.adminUrl, async (client) => {
    const vault = openVault(masterKey(whole.dataDir))
    const planted = await plantTree(client, BRANCHES, now)
    const members = await plantMembers(client, vault, planted, STREAMS, now)
    const posts = members.map(({ id: memberId, personId, unit }) => ({
      role: 'member' as const,
      unit,
      memberId,
      personId,
    }))
    const people = await plantPeople(client, planted.tenantId, posts, now)
    const branch = planted.branches[0]
    if (!branch) throw new Error('no branch was planted')
    const groupId = randomUUID()
    await client.query(
      `insert into conversations_conversation (tenant_id, id, kind, unit_id, org_path, unit_name, name, key, last_at,
         created_at, updated_at) values ($1, $2, 'branch', $3, $4, $5, $5, $6, $7, $7, $7)`,
      [planted.tenantId, groupId, branch.id, branch.path, branch.name, newKey(vault, groupId, now), now],
    )
    await client.query('vacuum analyze')
    return { groupId, cookies: people.map(({ cookie }) => cookie) }
  })
}

async function say(url: string, groupId: string, cookie: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/my/conversations/${groupId}/messages`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ id: randomUUID(), kind: 'text', text: '请大家看一下' }),
  })
  if (answer.status !== 200) throw new Error(`a message was refused: ${await answer.text()}`)
}

type Door = { readonly hostname: string; readonly port: number; readonly cookie: string }
/** One open stream, asked for again while the server says that it is busy, as a telephone would. */
async function listening(door: Door, onSaid: () => void): Promise<Socket> {
  for (;;) {
    const socket = await opened(door, onSaid)
    if (socket) return socket
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

function opened({ hostname, port, cookie }: Door, onSaid: () => void): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port })
    socket.once('error', reject)
    socket.once('connect', () =>
      socket.write(`GET /api/v1/stream HTTP/1.1\r\nhost: ${hostname}\r\ncookie: ${cookie}\r\n\r\n`),
    )
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1')
      if (text.startsWith('HTTP/1.1 200')) resolve(socket)
      else if (text.startsWith('HTTP/1.1')) {
        socket.destroy()
        if (text.startsWith('HTTP/1.1 503')) resolve(null)
        else reject(new Error(text.slice(0, 400)))
      }
      if (text.includes('event: conversations.said')) onSaid()
    })
  })
}
