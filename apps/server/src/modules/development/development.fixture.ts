import { expect } from 'vitest'
import type { Answer, Client, Fixture, OrgKey } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'

/** A road driven by tests: every step through HTTP, each day under its own clock. */
export type Driven = { id: string; version: number }

export const day = (date: string): Date => new Date(`${date}T02:00:00Z`)
export const committee = (shouldAttend: number, present = shouldAttend, inFavour = present) => ({
  shouldAttend,
  present,
  inFavour,
})
export const ballot = (more: object = {}) => ({
  secretBallot: true,
  eligible: 10,
  present: 8,
  written: 1,
  inFavour: 7,
  writtenInFavour: 1,
  against: 1,
  abstained: 0,
  invalid: 0,
  resolution: '同意接收。',
  ...more,
})
export const OPINIONS = { contactsOpinion: '表现好', membersOpinion: '同意', massesOpinion: '反映好' }

/** Facts that satisfy each step, and the decision above where there is one. */
export function factsOf(step: number, people: { contacts: string[]; introducers: string[] }): Record<string, unknown> {
  const table: Record<number, Record<string, unknown>> = {
    1: { appliedAt: 'unit' },
    2: { talker: '王书记', talkerPost: 'secretary', summary: '了解入党动机。' },
    3: { recommendedBy: 'members', decidedBy: 'committee', ...committee(5) },
    5: { contacts: people.contacts },
    6: { contactsOpinion: '表现好', branchOpinion: '可以列为发展对象' },
    7: { ...OPINIONS, decidedBy: 'committee', ...committee(5) },
    9: { introducers: people.introducers, chosen: 'contacts' },
    11: { from: '2026-01-01', until: '2026-01-03', days: 3, hours: 24, place: '党校', organiser: '校党委' },
    12: { papersComplete: true, ...committee(5), opinion: '合格' },
    14: { bookletNumber: 'A001' },
    15: { outcome: 'passed', ...ballot() },
    16: { talker: '组织员', talkerPost: 'organiser', opinion: '可以吸收' },
    20: { place: '礼堂', leader: '王书记' },
    21: { contactsOpinion: '表现好', branchOpinion: '按期转正' },
    23: { outcome: 'convert', membersOpinion: '同意', massesOpinion: '反映好', committeeOpinion: '合格', ...ballot() },
    25: { receiver: '档案室', keptIn: 'personnel_file', papers: ['booklet', 'application'] },
  }
  return table[step] ?? {}
}
export function decisionOf(step: number): Record<string, unknown> {
  const table: Record<number, Record<string, unknown>> = {
    4: { opinion: '同意备案' },
    8: { opinion: '同意' },
    13: { consulted: true, opinion: '合格', bookletNumber: 'A001' },
    17: { outcome: 'approved', ...committee(9), opinion: '批准为预备党员' },
    24: { outcome: 'approved', ...committee(9), opinion: '批准转正' },
  }
  return table[step] ?? {}
}

const ABOVE = new Set([16, 18])

type More = { facts?: object; acknowledged?: object[]; lateReason?: string; meeting?: object; on?: string }
type Sent = Answer<{ stepId: string; state: string; version: number; code?: string; detail?: object }>

/** People of one branch and the posts above it; clients are made anew whenever the clock jumps. */
export class Roads {
  readonly people: { contacts: string[]; introducers: string[] } = { contacts: [], introducers: [] }
  readonly #f: Fixture
  readonly #org: OrgKey
  #now = '2026-06-01'

  constructor(f: Fixture, org: OrgKey = 'teachers') {
    this.#f = f
    this.#org = org
  }

  static async open(f: Fixture, org: OrgKey = 'teachers'): Promise<Roads> {
    const roads = new Roads(f, org)
    for (const name of ['培养甲', '培养乙']) {
      const { id } = await plantMember(f, org, name)
      roads.people.contacts.push(id)
      roads.people.introducers.push(id)
    }
    roads.at('2026-06-01')
    return roads
  }

  at(date: string): void {
    this.#now = date
    this.#f.setNow(day(date))
  }
  secretary(): Promise<Client> {
    return this.#f.signIn('branch_secretary', this.#org, { name: '支部书记' })
  }
  above(): Promise<Client> {
    return this.#f.signIn('committee_admin', 'committee', { name: '党委组织部' })
  }
  applicant(name: string, more: { category?: string } = {}): Promise<Member> {
    return plantMember(this.#f, this.#org, name, { category: more.category ?? 'applicant' })
  }

  async opened(member: Member, date: string): Promise<Driven> {
    this.at(date)
    const body = { memberId: member.id, heldOn: date, facts: factsOf(1, this.people) }
    const made = await (await this.secretary()).send<Driven>('POST', '/development-cases', body)
    expect(made, JSON.stringify(made.body)).toMatchObject({ status: 200 })
    return made.body
  }

  /** A write on a case with the version of now. */
  async post<T = { code?: string; detail?: object }>(
    client: Client,
    id: string,
    path: string,
    body: object,
  ): Promise<Answer<T>> {
    const { version } = (await client.send<{ version: number }>('GET', `/development-cases/${id}`)).body
    return client.send<T>('POST', `/development-cases/${id}${path}`, body, { 'if-match': `"${version}"` })
  }

  async send(id: string, step: number, more: More = {}): Promise<Sent> {
    const client = await (ABOVE.has(step) ? this.above() : this.secretary())
    const { on = this.#now, facts, ...rest } = more
    const body = { step, heldOn: on, facts: { ...factsOf(step, this.people), ...facts }, ...rest }
    return this.post(client, id, '/steps', body)
  }

  async decide(id: string, stepId: string, step: number, more: object = {}) {
    const body = { decision: 'confirm', decidedOn: this.#now, facts: decisionOf(step), ...more }
    return this.post(await this.above(), id, `/steps/${stepId}/decision`, body)
  }

  async vet(id: string, result = 'passed') {
    const client = await this.secretary()
    return client.send('POST', `/development-cases/${id}/vetting`, { facts: vettingFacts(this.#now, result) })
  }

  /** Takes a step on a day and has it confirmed above where that is needed; the approval is decided on by the test. */
  async take(id: string, step: number, date: string, more: More = {}): Promise<string> {
    this.at(date)
    if (step === 10) {
      expect(await this.vet(id)).toMatchObject({ status: 200 })
      return ''
    }
    const sent = await this.send(id, step, more)
    expect(sent, `step ${step}: ${JSON.stringify(sent.body)}`).toMatchObject({ status: 200 })
    if (sent.body.state === 'recorded' && step !== 17) {
      const done = await this.decide(id, sent.body.stepId, step)
      expect(done, `decision on ${step}: ${JSON.stringify(done.body)}`).toMatchObject({ status: 200 })
    }
    return sent.body.stepId
  }

  async review(id: string, kind: string, date: string): Promise<void> {
    this.at(date)
    const body = { kind, heldOn: date, verdict: 'good', opinion: '表现稳定。' }
    const made = await (await this.secretary()).send('POST', `/development-cases/${id}/reviews`, body)
    expect(made).toMatchObject({ status: 200 })
  }

  async publicity(id: string, from: string, until: string, closedOn: string): Promise<void> {
    this.at(from)
    const path = `/development-cases/${id}/publicities`
    const body = { purpose: 'object', from, until, places: ['unit'], floating: false, channel: 'board' }
    const posted = await (await this.secretary()).send<{ id: string }>('POST', path, body)
    expect(posted, JSON.stringify(posted.body)).toMatchObject({ status: 200 })
    this.at(closedOn)
    const end = { closedOn, feedback: 0, passed: true }
    const closed = await (await this.secretary()).send('POST', `${path}/${posted.body.id}/close`, end)
    expect(closed).toMatchObject({ status: 200 })
  }

  async approve(id: string, date: string): Promise<void> {
    const stepId = await this.take(id, 17, '2027-09-21')
    this.at(date)
    const done = await this.decide(id, stepId, 17)
    expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200 })
  }

  /** Drives a case from the application of 2026-06-01 up to and including a step. */
  async driveTo(id: string, last: number): Promise<void> {
    for (const [step, date] of DAYS) {
      if (step > last) return
      if (step === 17) await this.approve(id, date)
      else await this.take(id, step, date)
      if (step === 5 && last > 5) {
        await this.review(id, 'half_year', '2026-12-28')
        await this.review(id, 'half_year', '2027-06-28')
      }
      if (step === 8 && last > 8) await this.publicity(id, '2027-07-09', '2027-07-16', '2027-07-19')
    }
  }
}

/** Days of a road that breaks no rule. */
const DAYS: readonly [number, string][] = [
  [2, '2026-06-20'],
  [3, '2026-07-01'],
  [4, '2026-07-05'],
  [5, '2026-07-06'],
  [6, '2027-07-01'],
  [7, '2027-07-02'],
  [8, '2027-07-08'],
  [9, '2027-07-20'],
  [10, '2027-07-25'],
  [11, '2027-08-05'],
  [12, '2027-08-10'],
  [13, '2027-08-20'],
  [14, '2027-08-25'],
  [15, '2027-09-10'],
  [16, '2027-09-20'],
  [17, '2027-10-08'],
  [18, '2027-10-10'],
  [19, '2027-10-11'],
  [20, '2027-10-20'],
  [21, '2028-08-20'],
  [22, '2028-08-25'],
  [23, '2028-09-10'],
  [24, '2028-10-20'],
  [25, '2028-10-25'],
]

export const vettingFacts = (concludedOn: string, result: string) => ({
  concludedOn,
  methods: ['talk', 'letters'],
  persons: [{ relation: '父亲', name: '某某', finding: '清白' }],
  letters: 2,
  replies: 2,
  conclusion: '政治上清楚可靠。',
  result,
})
