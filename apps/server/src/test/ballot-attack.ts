import type pg from 'pg'

/**
 * What somebody can try who has everything that is stored: all rows with their physical places and transactions, and
 * the write-ahead log. Each attempt puts voters and ballots of one election in an order and pairs them off.
 */
export type Stored = {
  readonly issues: readonly {
    readonly memberId: string
    readonly blinded: string
    readonly at: string
    readonly place: number
    readonly xid: number
  }[]
  readonly hopper: readonly {
    readonly token: string
    readonly id: string
    readonly place: number
    readonly xid: number
  }[]
  readonly leaves: readonly { readonly token: string; readonly place: number; readonly no: number }[]
  readonly roll: readonly string[]
  /** Write-ahead log, as bytes in latin1. */
  readonly wal: string
}

type Client = Pick<pg.Client, 'query'>
const BLOCK = 10_000

/** Reads it as the superuser of the database, past all policies. To be taken while ballots are still in the hopper too. */
export async function readStored(client: Client, voteId: string): Promise<Stored> {
  const rows = async <T>(text: string): Promise<T[]> => (await client.query(text, [voteId])).rows as T[]
  const place = (alias: string) =>
    `((${alias}.ctid::text::point)[0] * ${BLOCK} + (${alias}.ctid::text::point)[1])::int as place, ${alias}.xmin::text::bigint::int as xid`
  const issues = await rows<Stored['issues'][number]>(
    `select i.member_id::text as "memberId", i.blinded, i.drawn_at::text as at, ${place('i')} from voting_issue i where i.vote_id = $1`,
  )
  const hopper = await rows<Stored['hopper'][number]>(
    `select h.token_key as token, h.id::text as id, ${place('h')} from voting_hopper h where h.vote_id = $1`,
  )
  const leaves = await rows<Stored['leaves'][number]>(
    `select l.body::json ->> 'tpk' as token, l.leaf_no as no, ${place('l')} from voting_leaf l where l.vote_id = $1 and l.leaf_no > 0 and l.body::json ->> 'tpk' is not null`,
  )
  const roll = await rows<{ id: string }>(
    'select r.member_id::text as id from voting_roll r where r.vote_id = $1 order by r.ctid',
  )
  return { issues, hopper, leaves, roll: roll.map(({ id }) => id), wal: await walOf(client) }
}

async function walOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ bytes: Buffer }>(
    `select pg_read_binary_file('pg_wal/' || w.name) as bytes from pg_ls_waldir() w
      where w.name <= pg_walfile_name(pg_current_wal_lsn()) order by w.name desc limit 3`,
  )
  return rows
    .map(({ bytes }) => bytes.toString('latin1'))
    .reverse()
    .join('')
}

type Order = readonly string[]
const ordered = <T>(items: readonly T[], key: (item: T) => number | string, name: (item: T) => string): Order =>
  [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)).map(name)

/** Every way of putting the voters in an order, and every way of putting the ballots in one. */
function ordersOf(stored: Stored): { readonly voters: Record<string, Order>; readonly ballots: Record<string, Order> } {
  const { issues, hopper, leaves, roll, wal } = stored
  const ballots = hopper.length > 0 ? hopper : leaves.map((leaf) => ({ ...leaf, id: '', xid: leaf.no }))
  const memberOf = ({ memberId }: { memberId: string }) => memberId
  const tokenOf = ({ token }: { token: string }) => token
  const drew = new Set(issues.map(memberOf))
  return {
    voters: {
      'time of drawing': ordered(issues, ({ at }) => at, memberOf),
      'place of the drawing': ordered(issues, ({ place }) => place, memberOf),
      'transaction of the drawing': ordered(issues, ({ xid }) => xid, memberOf),
      'blinded value': ordered(issues, ({ blinded }) => blinded, memberOf),
      'drawing in the log': ordered(issues, ({ blinded }) => wal.indexOf(blinded), memberOf),
      'place on the roll': roll.filter((id) => drew.has(id)),
    },
    ballots: {
      'place of the ballot': ordered(ballots, ({ place }) => place, tokenOf),
      'transaction of the ballot': ordered(ballots, ({ xid }) => xid, tokenOf),
      'id of the ballot': ordered(ballots, ({ id }) => id, tokenOf),
      token: ordered(ballots, tokenOf, tokenOf),
      'ballot in the log': ordered(ballots, ({ token }) => wal.indexOf(token), tokenOf),
      'place on the board': ordered(leaves, ({ no }) => no, tokenOf),
    },
  }
}

/** Hits of each attempt in one election: `truth` tells whose ballot has which token. */
export function hitsOf(stored: Stored, truth: ReadonlyMap<string, string>): Map<string, number> {
  const { voters, ballots } = ordersOf(stored)
  const hits = new Map<string, number>()
  for (const [how, people] of Object.entries(voters))
    for (const [what, tokens] of Object.entries(ballots).filter(([, tokens]) => tokens.length > 0))
      hits.set(
        `${how} / ${what}`,
        people.filter((member, at) => tokens[at] !== undefined && truth.get(tokens[at]) === member).length,
      )
  return hits
}

/** A row or a line that holds both a person and a token would need no guessing at all. */
export async function rowsWithBoth(
  client: Client,
  memberIds: readonly string[],
  tokens: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(
    `select c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname = 'public' order by c.relname`,
  )
  const found: string[] = []
  for (const { table } of rows) {
    const { rows: both } = await client.query<{ n: number }>(
      `select count(*)::int as n from ${table} t where exists (select from unnest($1::text[]) m where strpos(t::text, m) > 0)
        and exists (select from unnest($2::text[]) k where strpos(t::text, k) > 0)`,
      [memberIds, tokens],
    )
    if ((both[0]?.n ?? 0) > 0) found.push(table)
  }
  return found
}

/**
 * How likely chance alone has so many hits or more. Chance pairs one voter rightly in an election of any size (fixed
 * points of a permutation), so that the hits in all of them are spread as by Poisson with one for each election.
 */
export function chanceOf(hits: number, elections: number): number {
  let term = Math.exp(-elections)
  for (let at = 1; at <= hits; at += 1) term *= elections / at
  let sum = 0
  for (let at = hits + 1; term > 0 && at < hits + 1000; at += 1) {
    sum += term
    term *= elections / at
  }
  return Math.min(1, sum)
}

export type Finding = { readonly how: string; readonly hits: number; readonly chance: number }

/**
 * Attempts that are better than chance: `level` is how likely the best of all of them may be without being a finding
 * (Bonferroni, since somebody who tries often is lucky once). Best first.
 */
export function findingsOf(attempts: ReadonlyMap<string, number>, elections: number, level: number): Finding[] {
  return judged(attempts, elections).filter(({ chance }) => chance < level)
}

/** Each attempt with the likelihood that the best of as many attempts by chance is as good as it; best first. */
export const judged = (attempts: ReadonlyMap<string, number>, elections: number): Finding[] =>
  [...attempts]
    .map(([how, hits]) => ({ how, hits, chance: Math.min(1, attempts.size * chanceOf(hits, elections)) }))
    .sort((a, b) => b.hits - a.hits)
