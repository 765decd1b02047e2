import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { findCard, type ListedMember, listMembers } from '../apps/server/src/modules/members/queries/list.queries.ts'
import { rowOf } from '../apps/server/src/modules/members/service/read-members.ts'
import type { Actor, Db } from '../apps/server/src/platform/ctx.ts'
import { pageOfRows } from '../apps/server/src/platform/page.ts'
import { masterKey, openVault } from '../apps/server/src/platform/vault.ts'

// The floor: node:http and pg, nothing else. The same statements and the same bytes as ours, without session, grant,
// scope, row security, validation, headers or refusals. Arguments: URL of the database (superuser), data folder, tenant.
const [adminUrl = '', dataDir = '', tenantId = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: adminUrl, max: 8 })
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
const vault = openVault(masterKey(dataDir))
const actor = { tenantId, scope: 'r00', reach: 'subtree' } as Actor
const keyset = { sort: 'name', column: 'm.pinyin', descending: false, after: null, limit: 20 }

/** The statement that ours sends: taken from the queries of the module itself, so that it cannot differ. */
async function statementOf(ask: (db: Db) => Promise<unknown>): Promise<{ text: string; values: readonly unknown[] }> {
  let sent = { text: '', values: [] as readonly unknown[] }
  const spy = {
    executeQuery: async (query: { sql: string; parameters: readonly unknown[] }) => {
      sent = { text: query.sql, values: query.parameters }
      return { rows: [] }
    },
  }
  await ask(spy as unknown as Db)
  return sent
}

const nothing = { category: null, status: null, recordState: null, sex: null, education: null, ethnic: null }
const rest = { bornAfter: null, bornUntil: null, completenessBelow: null, joinedFrom: null, joinedTo: null }
const whole = {
  joinedMonth: null,
  missedAtLeast: null,
  more: null,
  path: 'r00',
  below: true,
  extent: { people: null },
  search: null,
  counted: true,
}
const card = await statementOf((db) => findCard(db, actor, '00000000-0000-0000-0000-000000000000'))
const list = await statementOf((db) => listMembers(db, actor, { ...nothing, ...rest, ...whole }, keyset))

async function answer(path: string): Promise<object> {
  const id = /^\/api\/v1\/members\/([^/]+)\/card$/.exec(path)?.[1]
  if (id) {
    const values = card.values.map((value, at) => (at === 1 ? id : value))
    const { rows } = await pool.query<ListedMember>({ name: 'card', text: card.text, values })
    return rowOf({ vault }, rows[0] as ListedMember)
  }
  const { rows } = await pool.query<ListedMember>({ name: 'list', text: list.text, values: [...list.values] })
  const page = pageOfRows(rows, keyset, (row) => ({ value: row.pinyin, id: row.id }))
  return { rows: page.rows.map((row) => rowOf({ vault }, row)), next: page.next, total: rows[0]?.total ?? 0 }
}

const server = createServer((request, reply) => {
  answer(request.url ?? '').then(
    (body) => {
      const text = JSON.stringify(body)
      reply.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(text),
      })
      reply.end(text)
    },
    (error: unknown) => reply.writeHead(500).end(String(error)),
  )
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
