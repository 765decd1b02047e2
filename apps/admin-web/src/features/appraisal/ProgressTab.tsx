import type { RoundPerson, RoundRecord } from '@tongxin/contract/appraisal'
import { Lamp, Progress } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { type Fact, Facts } from '../../shared/pages/RecordPage.tsx'

const STEPS = ['study', 'reviewing', 'assessing', 'grading', 'checking', 'feedback', 'reported', 'closed'] as const

/** The road of the round, how many have come how far, and who is missing; never who marked what. */
export function ProgressTab({ round }: { round: RoundRecord }) {
  const { t } = useTranslation()
  const now = STEPS.indexOf(round.state as (typeof STEPS)[number])
  return (
    <div className="appraisal-progress">
      {round.state === 'cancelled' ? null : (
        <ol className="appraisal-steps" aria-label={t('appraisal.steps')}>
          {STEPS.map((step, at) => (
            <li key={step} data-past={at < now || undefined} aria-current={at === now ? 'step' : undefined}>
              <span aria-hidden="true">{at + 1}</span>
              {t(`words.appraisal.state.${step}`)}
            </li>
          ))}
        </ol>
      )}
      {round.returnedReason ? (
        <Lamp state="warn">{t('appraisal.returnedFor', { reason: round.returnedReason })}</Lamp>
      ) : null}
      <div className="appraisal-bars">
        <Progress label={t('words.appraisal.column.selfHandedIn')} done={round.selfHandedIn} total={round.people} />
        <Progress label={t('words.appraisal.column.sheetsReturned')} done={round.sheetsReturned} total={round.people} />
        {round.codes.printed > 0 ? (
          <Progress label={t('appraisal.codesReturned')} done={round.codes.returned} total={round.codes.printed} />
        ) : null}
      </div>
      <Facts facts={useFacts(round)} />
      <People persons={round.persons} state={round.state} />
    </div>
  )
}

function useFacts(round: RoundRecord): Fact[] {
  const { t } = useTranslation()
  const row = (label: string, value: string | null): Fact[] => (value ? [{ label: t(label), value }] : [])
  const { weights } = round
  return [
    {
      label: t('appraisal.criteria'),
      value:
        round.criteria.length === 0
          ? t('appraisal.noCriteria')
          : round.criteria.map((name) => t(`words.appraisal.criterion.${name}`)).join(' · '),
    },
    { label: t('appraisal.weights'), value: t('appraisal.weightsText', weights) },
    ...(['selfDueOn', 'sheetDueOn', 'gradeDueOn', 'reportDueOn'] as const).map((name) => ({
      label: t(`appraisal.${name}`),
      value: round.dates[name],
    })),
    ...row('appraisal.study', round.study && `${round.study.heldOn} ${round.study.note}`),
    ...row('appraisal.sheetsOpenedOn', round.sheetsOpenedOn),
    ...row('appraisal.sheetsClosedOn', round.sheetsClosedOn),
    ...row('appraisal.earlyReason', round.earlyReason),
    ...row(
      'appraisal.decided',
      round.decided && `${t(`words.appraisal.body.${round.decided.by}`)} ${round.decided.on}`,
    ),
    ...row('appraisal.submittedBy', round.submittedBy),
    ...row('appraisal.confirmedBy', round.confirmedBy),
    ...row('appraisal.reportedOn', round.reported && `${round.reported.on} ${round.reported.documentNumber}`),
    ...row('appraisal.cancelledFor', round.cancelledReason),
  ]
}

const BEFORE_SHEETS = new Set(['study', 'reviewing'])

function People({ persons, state }: { persons: readonly RoundPerson[]; state: RoundRecord['state'] }) {
  const { t } = useTranslation()
  const mark = (isDone: boolean, done: string, missing: string) => (
    <Lamp state={isDone ? 'ok' : 'idle'}>{t(isDone ? done : missing)}</Lamp>
  )
  return (
    <div className="appraisal-scroll">
      <table className="appraisal-table">
        <caption className="hint">{t('appraisal.peopleHint')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('words.appraisal.column.name')}</th>
            <th scope="col">{t('appraisal.category')}</th>
            <th scope="col">{t('appraisal.selfReview')}</th>
            <th scope="col">{t('appraisal.sheet')}</th>
          </tr>
        </thead>
        <tbody>
          {persons.map((one) => (
            <tr key={one.id}>
              <th scope="row">{one.name}</th>
              <td>
                {t(`appraisal.categoryOf.${one.category}`)}
                {one.hasLeft ? ` · ${t('appraisal.hasLeft')}` : one.isGraded ? '' : ` · ${t('appraisal.notGraded')}`}
              </td>
              <td>{mark(one.selfHandedIn, 'appraisal.handedIn', 'appraisal.notHandedIn')}</td>
              <td>
                {BEFORE_SHEETS.has(state)
                  ? '—'
                  : mark(one.sheetReturned, 'appraisal.returned', 'appraisal.notReturned')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
