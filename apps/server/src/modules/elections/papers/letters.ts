import { ELECTED_BODIES } from '@tongxin/contract'
import { minCandidates } from '@tongxin/domain'
import type { PaperBlock } from '../../forms/index.ts'
import { bodyOf, type Elected, electedOf, inStrokeOrder } from '../elections.policy.ts'
import { dayText, filled } from '../elections.print-words.ts'
import type { Round } from '../queries/rounds.queries.ts'
import { flush, line, namesText, type PaperFacts } from './parts.ts'

/** 书记1名、副书记2名: which leaders are elected, without those that are not. */
function leadersOf({ election, t }: PaperFacts): string {
  const numbers = [
    ['secretary', election.electsSecretary ? 1 : 0],
    ['deputy', election.deputies],
  ] as const
  return numbers
    .flatMap(([body, n]) => (n === 0 ? [] : [filled(t.ofLeaders, { post: t.bodies[body], n })]))
    .join(t.join)
}

const baseOf = (facts: PaperFacts) => {
  const { election, language, kind, ordinal } = facts
  return {
    org: election.unitName,
    kind,
    ordinal,
    planned: dayText(election.plannedOn, language),
    held: dayText(election.heldOn, language),
    seats: election.seats,
    standing: election.standing,
    delegates: election.delegates ?? '',
    deputies: election.deputies,
    leaders: leadersOf(facts),
  }
}

const isOfDelegates = ({ election }: PaperFacts): boolean => election.kind === 'delegates'

/** Which text fits: a whole committee, vacant seats, leaders by the plenum of a committee, or no committee at all. */
function byKind({ election }: PaperFacts, whole: string, vacant: string, plain: string, plenum: string): string {
  if (election.seats === 0) return election.steps.plenum ? plenum : plain
  return election.kind === 'by_election' ? vacant : whole
}

const issuer = (facts: PaperFacts, organisation: string, day: string | undefined): PaperBlock => ({
  kind: 'issuer',
  organisation,
  date: dayText(day ?? null, facts.language),
})

const groupLine = (facts: PaperFacts): PaperBlock[] => {
  const { leadingGroup } = facts.election.steps
  if (!leadingGroup) return []
  const { leader, members } = leadingGroup
  return [line(facts.t.request.leadingGroup, { leader: leader.name, members: namesText(facts, members) })]
}

export function request(facts: PaperFacts): PaperBlock[] {
  const { t, election, superior } = facts
  const texts = t.request
  const least = election.seats === 0 ? 0 : minCandidates({ seats: election.seats }).value
  const all = { ...baseOf(facts), least, reason: election.steps.reason ?? '' }
  const opening = flush(filled(t.addressee, { name: superior }))
  if (isOfDelegates(facts))
    return [
      opening,
      ...[texts.planDelegates, texts.reason, texts.seatsDelegates, texts.wayDelegates, texts.end].map((text) =>
        line(text, all),
      ),
      issuer(facts, election.unitName, election.steps.request?.on),
    ]
  return [
    opening,
    line(election.steps.plenum ? texts.planPlenum : texts.plan, all),
    line(texts.reason, all),
    line(byKind(facts, texts.seats, texts.seatsBy, texts.noCommittee, texts.leaders), all),
    line(election.seats === 0 ? texts.wayPlain : texts.way),
    ...(election.delegates === null ? [] : [line(texts.congress, all)]),
    ...(election.standing > 0 ? [line(texts.standing, all)] : []),
    ...groupLine(facts),
    line(texts.end),
    issuer(facts, election.unitName, election.steps.request?.on),
  ]
}

export function approval(facts: PaperFacts): PaperBlock[] {
  const { t, election, superior } = facts
  const texts = t.approval
  const titles = isOfDelegates(facts) ? t.titlesDelegates : election.steps.plenum ? t.titlesPlenum : t.titles
  const title = filled(titles.request, baseOf(facts))
  return [
    flush(filled(t.addressee, { name: election.unitName })),
    line(texts.received, { title, number: election.steps.request?.documentNumber ?? t.blank }),
    line(
      isOfDelegates(facts)
        ? texts.agreedDelegates
        : byKind(facts, texts.agreed, texts.agreedBy, texts.agreedPlain, texts.agreedPlenum),
      baseOf(facts),
    ),
    line(texts.end),
    issuer(facts, superior, election.steps.approval?.on),
  ]
}

export function candidates(facts: PaperFacts): PaperBlock[] {
  const { t, election, superior } = facts
  const texts = t.candidates_request
  const of = (body: Elected['body']) => {
    const people = facts.candidates.filter((one) => one.body === body)
    return people.length === 0 ? [] : [line(texts[body], { n: people.length, names: namesText(facts, people) })]
  }
  return [
    flush(filled(t.addressee, { name: superior })),
    line(texts.opening),
    ...ELECTED_BODIES.flatMap(of),
    line(texts.end),
    issuer(facts, election.unitName, election.steps.candidatesRequest?.on),
  ]
}

export function method(facts: PaperFacts): PaperBlock[] {
  const { t, election, language } = facts
  const standing = facts.candidates.filter(({ body }) => body === bodyOf(election)).length
  const all = {
    ...baseOf(facts),
    candidates: standing || t.blank,
    difference: standing ? standing - election.seats : t.blank,
  }
  const { method: adopted } = election.steps
  return [
    ...(adopted
      ? [
          {
            kind: 'subtitle' as const,
            text: filled(t.methodAdopted, { ...adopted, on: dayText(adopted.on, language) }),
          },
        ]
      : []),
    ...methodOf(facts).map((text) => line(text, all)),
  ]
}

function methodOf({ t, election }: PaperFacts): readonly string[] {
  if (election.kind === 'delegates') return t.methodDelegates
  if (election.seats === 0) return election.steps.plenum ? t.methodPlenum : t.methodPlain
  return election.standing > 0 ? [...t.method, t.methodStanding] : t.method
}

/** What became of each candidate and of each person written in, round by round. */
function rowsOf(facts: PaperFacts, round: Round): string[][] {
  const { t } = facts
  const { count, result } = round
  if (!count || !result) return []
  const became = (memberId: string) => {
    if (result.elected.some((one) => one.memberId === memberId)) return t.result.elected
    return result.tie.some((one) => one.memberId === memberId) ? t.result.tie : t.result.not
  }
  const head = [`${round.number}`, t.bodies[round.body]]
  const rows = round.candidates.map(({ memberId, name }) => {
    const tally = count.tallies.find((one) => one.memberId === memberId)
    return [...head, name, `${tally?.for ?? 0}`, `${tally?.against ?? 0}`, `${tally?.abstain ?? 0}`, became(memberId)]
  })
  const names = new Map([...result.elected, ...result.tie, ...facts.voters].map((one) => [one.memberId, one.name]))
  const written = count.writtenIn.map(({ memberId, votes }) => [
    ...head,
    `${names.get(memberId) ?? ''}（${t.result.writtenIn}）`,
    `${votes}`,
    '',
    '',
    became(memberId),
  ])
  return [...rows, ...written]
}

export function result(facts: PaperFacts): PaperBlock[] {
  const { t, election, superior, rounds } = facts
  const texts = t.result
  const elected = electedOf(rounds)
  const first = rounds[0]
  const of = (body: Elected['body']) => {
    const people = elected.filter((one) => one.body === body)
    return people.length === 0 ? [] : [line(texts[body], { names: namesText(facts, people) })]
  }
  const columns = Object.values(texts.rounds).map((header, at) => ({
    header,
    width: [8, 14, 22, 10, 10, 10, 18][at] ?? 10,
  }))
  return [
    flush(filled(t.addressee, { name: superior })),
    line(election.steps.plenum ? texts.openingPlenum : texts.opening, {
      ...baseOf(facts),
      number: election.steps.approval?.documentNumber ?? t.blank,
    }),
    line(texts.present, { shouldAttend: first?.shouldAttend ?? 0, present: first?.present ?? 0 }),
    ...ELECTED_BODIES.flatMap(of),
    ...divisionOf(facts, elected),
    line(endOf(facts)),
    // What is attached stands after the issuer, who so never falls alone on a page.
    issuer(facts, election.unitName, election.steps.report?.on),
    { kind: 'heading', text: texts.annex },
    { kind: 'register', columns, rows: rounds.flatMap((round) => rowsOf(facts, round)) },
  ]
}

function endOf({ t: { result: texts }, election }: PaperFacts): string {
  if (election.kind === 'delegates') return texts.endDelegates
  if (!election.electsSecretary) return texts.endPlain
  return election.standing > 0 ? texts.endStanding : texts.end
}

function divisionOf({ t, election }: PaperFacts, elected: readonly Elected[]): PaperBlock[] {
  const { division = [] } = election.steps
  if (division.length === 0) return []
  const posts = t.posts as Readonly<Record<string, string>>
  const text = division
    .map(
      ({ memberId, post }) => `${elected.find((one) => one.memberId === memberId)?.name ?? ''} ${posts[post] ?? post}`,
    )
    .join(t.join)
  return [line(t.result.division, { text })]
}

export function reply(facts: PaperFacts): PaperBlock[] {
  const { t, election, superior } = facts
  const texts = t.reply
  const elected = inStrokeOrder(electedOf(facts.rounds))
  const led = elected.filter(({ body }) => body !== 'committee' && body !== 'delegate')
  const sent = elected.filter(({ body }) => body === 'delegate')
  const members = elected.filter(({ body }) => body === 'committee')
  const names = led.map(({ name, body }) => filled(texts.post, { name, post: t.bodies[body] })).join(t.join)
  return [
    flush(filled(t.addressee, { name: election.unitName })),
    line(texts.received, {
      title: filled(t.titles.result_report, baseOf(facts)),
      number: election.steps.report?.documentNumber ?? t.blank,
    }),
    ...(led.length > 0 ? [line(texts.agreed, { names })] : []),
    ...(members.length > 0 ? [line(texts.recorded, { names: namesText(facts, members) })] : []),
    ...(sent.length > 0 ? [line(texts.delegates, { names: namesText(facts, sent) })] : []),
    ...(isOfDelegates(facts) ? [] : [line(texts.end)]),
    issuer(facts, superior, election.steps.reply?.on),
  ]
}

export function certificate(facts: PaperFacts, posts: readonly Elected[]): PaperBlock[] {
  const { t, election } = facts
  const whole = election.seats === 0 ? t.certificate.plain : t.certificate.text
  const text = isOfDelegates(facts) ? t.certificate.delegate : whole
  const words = posts.map(({ body }) => t.bodies[body]).join(t.join)
  return [
    line(text, { ...baseOf(facts), name: posts[0]?.name ?? '', posts: words }),
    line(t.certificate.end),
    issuer(facts, election.unitName, election.steps.reply?.on),
  ]
}
