import { Link } from '@tanstack/react-router'
import type { MyCongress } from '@tongxin/contract/elections.own'
import type { CredentialState, ElectionState } from '@tongxin/contract/elections.words'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'

const LAMPS = { elected: 'warn', confirmed: 'ok', refused: 'late' } as const satisfies Record<CredentialState, string>

const STEPS = ['delegates', 'credentials', 'congress', 'result'] as const
/** How far the road of a congress is, told by its file and by the delegates of the own unit. */
function stepOf(state: ElectionState, congress: MyCongress): number {
  if (state === 'done') return STEPS.length
  if (state === 'reporting' || state === 'reported') return 3
  if (state === 'voting' || state === 'plenum') return 2
  const delegates = congress.unit?.delegates ?? []
  if (delegates.length === 0) return 0
  return delegates.some((one) => one.state === 'elected') ? 1 : 2
}

/** A congress of delegates elects: what will happen, and who speaks for me there. */
export function CongressCard({ state, congress }: { state: ElectionState; congress: MyCongress }) {
  const { t } = useTranslation()
  const { mine, unit } = congress
  const now = stepOf(state, congress)
  return (
    <section className="card election-card" aria-labelledby="congress">
      <h2 id="congress">{t('elections.congress.title')}</h2>
      <p>{t('elections.congress.lead', { seats: congress.seats })}</p>
      <p>
        <Lamp state={mine ? LAMPS[mine] : 'info'}>{t(`elections.congress.mine.${mine ?? 'none'}`)}</Lamp>
      </p>
      <h3>{t('elections.congress.road')}</h3>
      <ol className="congress-road">
        {STEPS.map((step, at) => (
          <li key={step} aria-current={at === now ? 'step' : undefined} data-done={at < now || undefined}>
            {t(`elections.congress.step.${step}`)}
            {at === now ? <span className="hint"> {t('elections.congress.here')}</span> : null}
          </li>
        ))}
      </ol>
      <h3>{t('elections.congress.ours')}</h3>
      {unit ? <Ours unit={unit} /> : <p className="hint">{t('elections.congress.notAllotted')}</p>}
    </section>
  )
}

function Ours({ unit }: { unit: NonNullable<MyCongress['unit']> }) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('elections.congress.unit', { unit: unit.orgName, seats: unit.seats })}</p>
      {unit.delegates.length === 0 ? (
        <p className="hint">{t(unit.electionId ? 'elections.congress.electing' : 'elections.congress.notElected')}</p>
      ) : (
        <ul className="congress-people">
          {unit.delegates.map(({ memberId, name, state }) => (
            <li key={memberId}>
              <span>{name}</span>
              <Lamp state={LAMPS[state]}>{t(`elections.congress.credentials.${state}`)}</Lamp>
            </li>
          ))}
        </ul>
      )}
      {unit.electionId ? (
        <Link className="tx-button" data-wide to={paths.elections.one(unit.electionId)}>
          {t('elections.congress.open')}
        </Link>
      ) : null}
    </>
  )
}
