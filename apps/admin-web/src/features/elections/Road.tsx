import { ELECTION_ACTS, type ElectionRecord } from '@tongxin/contract/elections'
import {
  ELECTED_BODIES,
  type ElectionLetter,
  type ElectionState,
  type NamedMember,
} from '@tongxin/contract/elections.words'
import { Button } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { type Fact, Facts } from '../../shared/pages/RecordPage.tsx'
import { RuleLine } from './words.tsx'

/** The road of a file; several states share one step. */
const STEPS: readonly { readonly key: string; readonly states: readonly ElectionState[] }[] = [
  { key: 'request', states: ['draft', 'requested'] },
  { key: 'candidates', states: ['nominating', 'candidates_reported'] },
  { key: 'publicity', states: ['publicity'] },
  { key: 'preparing', states: ['preparing'] },
  { key: 'voting', states: ['voting'] },
  { key: 'plenum', states: ['plenum'] },
  { key: 'report', states: ['reporting', 'reported'] },
]

/** Acts that carry the file on. */
const ONWARD = ELECTION_ACTS.filter((act) => act !== 'change' && act !== 'appointGroup' && act !== 'cancel')

type Props = { election: ElectionRecord; onAsk: (act: string) => void }

/** Steps at the left; at the right what is due, by which article, and what is known. */
export function Road({ election, onAsk }: Props) {
  return (
    <div className="election-road">
      <StepList election={election} />
      <div className="election-now">
        <Due election={election} onAsk={onAsk} />
        <People election={election} />
        <Known election={election} />
        {election.rules.map((rule) => (
          <RuleLine key={rule.ruleId} rule={rule} />
        ))}
      </div>
    </div>
  )
}

function StepList({ election }: { election: ElectionRecord }) {
  const { t } = useTranslation()
  const steps = STEPS.filter(({ key }) => key !== 'plenum' || (election.seats > 0 && election.electsSecretary))
  const at = steps.findIndex(({ states }) => states.includes(election.state))
  const isOver = election.state === 'done'
  const standing = (index: number) => (isOver || index < at ? 'done' : index === at ? 'now' : 'later')
  return (
    <ol className="election-steps" aria-label={t('elections.stepsLabel')}>
      {steps.map(({ key }, index) => {
        const state = election.state === 'cancelled' ? 'later' : standing(index)
        return (
          <li key={key} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            <span>{t(`elections.step.${key}`)}</span>
            <small>{t(`elections.stepState.${state}`)}</small>
          </li>
        )
      })}
    </ol>
  )
}

/** States in which delegates are elected otherwise than a committee: no post is written, nobody leads. */
const SAID_OF_DELEGATES: ReadonlySet<ElectionState> = new Set([
  'nominating',
  'candidates_reported',
  'reporting',
  'reported',
  'done',
])

function Due({ election, onAsk }: Props) {
  const { t } = useTranslation()
  const ofDelegates = election.kind === 'delegates' && SAID_OF_DELEGATES.has(election.state) ? 'Delegates' : ''
  const onward = ONWARD.filter((act) => election.can.includes(act))
  const isMissing = (act: string) =>
    ({ adoptMethod: 'method', appointTellers: 'tellers', roll: 'roll' })[act] as
      | (typeof election.missing)[number]
      | undefined
  // While something is missing it comes first; the vote opens when nothing is.
  const first = onward.find((act) => {
    const what = isMissing(act)
    return (
      what !== undefined &&
      (election.missing.includes(what) || (what === 'roll' && election.missing.includes('quorum')))
    )
  })
  const open = election.state === 'preparing' ? (first ?? 'openRound') : onward.at(-1)
  return (
    <section className="election-due">
      <h3>{t(`elections.due${ofDelegates}.${election.state}`)}</h3>
      <p>{t(`elections.dueHint${ofDelegates}.${election.state}`)}</p>
      {election.returnedReason ? (
        <p className="election-returned">{t('elections.returnedWith', { reason: election.returnedReason })}</p>
      ) : null}
      {election.cancelledReason ? <p>{t('elections.cancelledWith', { reason: election.cancelledReason })}</p> : null}
      {election.missing.length > 0 ? (
        <p>
          {t('elections.missing', { what: election.missing.map((one) => t(`elections.missingOf.${one}`)).join('、') })}
        </p>
      ) : null}
      <div className="election-acts">
        {onward.map((act) => (
          <Button key={act} kind={act === open ? 'primary' : 'plain'} onClick={() => onAsk(act)}>
            {t(`elections.act.${act}`)}
          </Button>
        ))}
      </div>
    </section>
  )
}

/** Who is proposed, stands, or is elected, in the order of strokes. */
function People({ election }: { election: ElectionRecord }) {
  const { t } = useTranslation()
  const { candidates, elected, nominations } = election
  const names = (people: readonly NamedMember[]) => people.map(({ name }) => name).join('、')
  const rows = (
    what: 'candidatesLabel' | 'electedLabel',
    people: readonly (NamedMember & { body: string })[],
  ): Fact[] =>
    ELECTED_BODIES.flatMap((body) => {
      const of = people.filter((one) => one.body === body)
      return of.length === 0 ? [] : [{ label: t(`elections.${what}.${body}`), value: names(of) }]
    })
  const facts = [
    ...rows('electedLabel', elected),
    ...rows('candidatesLabel', candidates),
    ...(nominations.length > 0
      ? [
          {
            label: t('elections.nominations'),
            value: nominations
              .map(({ name, proposals }) => t('elections.proposals', { name, n: proposals }))
              .join('、'),
          },
        ]
      : []),
  ]
  return facts.length === 0 ? null : <Facts facts={facts} />
}

const LETTERS = ['request', 'approval', 'candidatesRequest', 'candidatesApproval', 'report', 'reply'] as const

function Known({ election }: { election: ElectionRecord }) {
  const { t } = useTranslation()
  const { leadingGroup, publicity, method, tellers, reduced } = election
  const shown = (letter: ElectionLetter) =>
    [letter.documentNumber, letter.on, letter.by ?? ''].filter(Boolean).join(' · ')
  const names = (people: readonly NamedMember[]) => people.map(({ name }) => name).join('、')
  const facts: Fact[] = [
    { label: t('elections.field.reason'), value: election.reason },
    ...(election.standing > 0
      ? [{ label: t('elections.field.standing'), value: t('elections.people', { n: election.standing }) }]
      : []),
    ...(leadingGroup
      ? [
          {
            label: t('elections.leadingGroup'),
            value: t('elections.leadingGroupText', {
              leader: leadingGroup.leader.name,
              members: names(leadingGroup.members),
            }),
          },
        ]
      : []),
    ...LETTERS.flatMap((key) => {
      const letter = election[key]
      return letter ? [{ label: t(`elections.letter.${key}`), value: shown(letter) }] : []
    }),
    ...(publicity
      ? [
          {
            label: t('elections.step.publicity'),
            value: [
              t('elections.publicityText', { ...publicity, outcome: publicity.outcome ?? '' }),
              ...(publicity.lateReason ? [t('elections.enteredLate', { reason: publicity.lateReason })] : []),
            ].join(' '),
          },
        ]
      : []),
    ...(method ? [{ label: t('elections.methodLabel'), value: t('elections.methodText', method) }] : []),
    ...(tellers.supervisors.length > 0
      ? [
          { label: t('elections.supervisors'), value: names(tellers.supervisors) },
          { label: t('elections.counters'), value: names(tellers.counters) },
        ]
      : []),
    ...(reduced ? [{ label: t('elections.reducedLabel'), value: t('elections.reducedText', reduced) }] : []),
  ]
  return <Facts facts={facts} />
}
